import { splitWords } from '../text/split-words.js';
import { parseUnitFile } from '../text/unit-file.js';

/**
 * A unit file or drop-in whose last `Environment=` of a variable says something else; undefined where it has none, takes it
 * back afterwards, or is written in a way that cannot be changed in its place.
 */
export function withUnitEnvironment(text: string, variable: string, value: string): string | undefined {
  const entry = parseUnitFile(text).findLast(
    ({ section, key, value: said }) =>
      section === 'Service' && key === 'Environment' && (said === '' || assigns(said, variable)),
  );
  if (entry === undefined || entry.value === '') return undefined;
  const raw = text.slice(entry.start, entry.end);
  const from = raw.indexOf('=') + 1;
  const words = splitWords(raw.slice(from));
  if (!words.ok) return undefined;
  const word = words.value.findLast((one) => one.value.startsWith(`${variable}=`));
  if (word === undefined) return undefined;
  const start = entry.start + from + word.start;
  const edited =
    text.slice(0, start) + quoted(`${variable}=${value}`, text[start]) + text.slice(start + word.end - word.start);
  // Comments between continued lines are among the words above, and are none to systemd.
  return parseUnitFile(edited).length === parseUnitFile(text).length && !/[#;]/.test(raw) ? edited : undefined;
}

/** Whether an `Environment=` sets a variable. */
export function assigns(said: string, variable: string): boolean {
  const words = splitWords(said);
  return words.ok && words.value.some(({ value }) => value.startsWith(`${variable}=`));
}

/** In the quotes that stood there where they will do; percent signs introduce specifiers in units. */
function quoted(assignment: string, quote: string | undefined): string {
  const text = assignment.replaceAll('%', '%%');
  return quote === "'" && !/['\\\n]/.test(text)
    ? `'${text}'`
    : `"${text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}
