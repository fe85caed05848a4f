import { MigrateError } from '../core/errors.js';
import { quote } from '../core/quote.js';
import { readingCommands } from './reading-commands.js';
import { redactArgv } from './redact-argv.js';

/** Throws `bug` for a command that is not known to change nothing. */
export function requireReading(argv: readonly string[]): void {
  const [program = '', ...args] = argv;
  // A path is as good as the bare name for tools, such as kubelets, that are run from where they were found.
  const name = program.startsWith('/') ? program.slice(program.lastIndexOf('/') + 1) : program;
  const reads = Object.hasOwn(readingCommands, name) ? readingCommands[name] : undefined;
  if (reads?.(args) === true) return;
  throw new MigrateError('bug', `"${quote(redactArgv(argv))}" is not known as a command that only reads.`);
}
