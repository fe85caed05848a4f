import { crontabCommands, settingCommands, unitCommands, type Stretch } from './shell-commands-lines.js';
import type { Reader } from './shell-commands-cursor.js';
import { parseShell } from './shell-commands-parse.js';
import { unwrap } from './shell-commands-unwrap.js';
import type { ShellWord } from './shell-commands-word.js';
import type { ShellCommand } from './shell-command.js';
import type { TextRole } from './views.js';

const MAX_COMMANDS = 100_000;
const MAX_NESTING = 8;

/**
 * What a text runs, in its order: wrappers such as `sudo` and `nsenter` are taken off, the texts of `sh -c`, substitutions and
 * heredocs for a shell are looked into. Empty for texts that run nothing. At most 100,000 commands.
 */
export function shellCommands(text: string, role: TextRole): ShellCommand[] {
  const commands: ShellCommand[] = [];
  switch (role) {
    case 'script':
    case 'command':
      collect(
        text,
        { place: (start, end) => ({ offset: start, length: end - start }), onHost: false, nesting: 0 },
        commands,
      );
      break;
    case 'crontab':
      collectAll(text, crontabCommands(text), commands);
      break;
    case 'unit':
      collectAll(text, unitCommands(text), commands);
      break;
    case 'config':
    case 'environment':
    case 'unknown':
      collectAll(text, settingCommands(text), commands);
  }
  return inOrder(commands);
}

interface Around {
  /** From the text at hand to the outermost one. */
  place(start: number, end: number): { readonly offset: number; readonly length: number };
  readonly onHost: boolean;
  readonly nesting: number;
}

function collectAll(text: string, stretches: Iterable<Stretch>, commands: ShellCommand[]): void {
  for (const { start, end } of stretches) {
    if (commands.length >= MAX_COMMANDS) return;
    const place = (from: number, to: number): { offset: number; length: number } => ({
      offset: start + from,
      length: to - from,
    });
    collect(text.slice(start, end), { place, onHost: false, nesting: 0 }, commands);
  }
}

function collect(text: string, around: Around, commands: ShellCommand[]): void {
  parseShell(text, (words, start, end, reader) => {
    if (commands.length >= MAX_COMMANDS) return 'stop';
    let next: Reader = 'text';
    const place = around.place(start, end);
    for (const one of unwrap(words)) {
      const onHost = one.onHost || around.onHost || reader === 'host';
      if (one.kind === 'script') {
        if (around.nesting < MAX_NESTING)
          collect(scriptText(one.words), inside(text, one.words, onHost, around), commands);
        continue;
      }
      commands.push({ name: one.name, words: valuesOf(one.words), onHost, ...place });
      if (one.kind === 'shell') next = onHost ? 'host' : 'shell';
    }
    return next;
  });
}

function valuesOf(words: readonly ShellWord[]): string[] {
  return words.map(({ value }) => value);
}

function scriptText(words: readonly ShellWord[]): string {
  return words.length === 1 ? (words[0]?.value ?? '') : valuesOf(words).join(' ');
}

/** Places inside of a quoted text can be told when nothing in it was escaped. */
function inside(text: string, words: readonly ShellWord[], onHost: boolean, around: Around): Around {
  const start = words[0]?.start ?? 0;
  const end = words.at(-1)?.end ?? start;
  const [only] = words;
  const exact = words.length === 1 && only?.value === text.slice(start + 1, end - 1);
  return {
    place: (from, to) => (exact ? around.place(start + 1 + from, start + 1 + to) : around.place(start, end)),
    onHost,
    nesting: around.nesting + 1,
  };
}

/** A substitution in the text of `sh -c "…"` is found twice: by the outer shell and by the inner one. */
function inOrder(commands: readonly ShellCommand[]): ShellCommand[] {
  const seen = new Set<string>();
  return commands
    .filter(({ offset, length, words }) => {
      const key = `${offset} ${length} ${words.join(' ')}`;
      return seen.size !== seen.add(key).size;
    })
    .sort((one, other) => one.offset - other.offset);
}
