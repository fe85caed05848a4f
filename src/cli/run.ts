import { CommanderError } from 'commander';
import { EXIT, exitCodeOf, MigrateError, type ExitCode } from '../core/errors.js';
import { errorText } from '../report/error-text.js';
import { terminal } from './terminal.js';
import { program } from './program.js';

/** Runs one command line. Whatever goes wrong becomes a sentence on stderr and an exit code, here and nowhere else. */
export async function run(argv: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const debug = argv.includes('--debug') || argv.includes('-d');
  try {
    await program((code) => (exitCode = code)).parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has said what is wrong by then; asking for help is no error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    terminal.error(errorText(error, { color: terminal.errColor, width: terminal.width, debug }));
    return error instanceof MigrateError ? exitCodeOf(error.code) : EXIT.needsHands;
  }
}
