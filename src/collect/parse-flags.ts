import { groupFlags } from '../config/text/group-flags.js';

/** The last value of every flag of a command line, its binary left out; `true` for one that stands alone. */
export function parseFlags(argv: readonly string[]): Record<string, string> {
  const flags = groupFlags(argv.slice(1)).flatMap(({ name, value }) =>
    name === undefined ? [] : [[name, value ?? 'true']],
  );
  return Object.fromEntries(flags) as Record<string, string>;
}
