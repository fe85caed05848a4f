import { splitWords } from '../config/text/split-words.js';

/**
 * The command line of an `ExecStart=` as systemd makes it: `$NAME` by itself becomes the words of its value, `${NAME}` a
 * part of its word. Empty where it cannot be read.
 */
export function expandExecStart(execStart: string, variables: Readonly<Record<string, string>>): readonly string[] {
  const words = splitWords(execStart.replace(/^[-@:+!|]+/, ''));
  if (!words.ok) return [];
  return words.value.flatMap(({ value }) => {
    const alone = /^\$([A-Za-z_]\w*)$/.exec(value)?.[1];
    if (alone !== undefined) {
      const inner = splitWords(variables[alone] ?? '');
      return inner.ok ? inner.value.map((word) => word.value) : [];
    }
    return [
      value.replace(/\$(?:\$|\{(\w+)\}|([A-Za-z_]\w*))/g, (all, braced?: string, plain?: string) =>
        all === '$$' ? '$' : (variables[braced ?? plain ?? ''] ?? ''),
      ),
    ];
  });
}
