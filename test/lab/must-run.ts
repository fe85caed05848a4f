import { run, type RunOptions } from './run.js';

/** Runs a command that has to succeed and gives back what it printed. */
export async function mustRun(argv: readonly string[], options: RunOptions = {}): Promise<string> {
  const { exitCode, stdout, stderr } = await run(argv, options);
  if (exitCode === 0) return stdout;
  const said = (stderr.trim() || stdout.trim()).split('\n').slice(-3).join(' | ');
  throw new Error(
    `${options.what ?? argv.slice(0, 4).join(' ')}: exit code ${exitCode}${said === '' ? '' : `: ${said}`}`,
  );
}
