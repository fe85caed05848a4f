import { MigrateError } from '../core/errors.js';
import { frame } from './frame.js';
import { killGroup } from './kill-group.js';
import { runFramed } from './run-framed.js';
import type { Shell, ShellOptions, ShellResult } from './shell.js';
import { startPiped } from './start-piped.js';
import { sudoFailure } from './sudo-failure.js';

/** Starts processes on this machine, through sudo where the user is not root. */
export function localShell(options: { readonly name: string; readonly sudo: boolean }): Shell {
  const { name, sudo } = options;

  async function run(argv: readonly string[], given: ShellOptions, endable: boolean): Promise<ShellResult> {
    const framed = frame(argv, { sudo });
    const signalGroup = endable
      ? (group: number, signal: 'TERM' | 'KILL') =>
          killGroup((words, how = {}) => run(words, how, false), group, signal)
      : undefined;
    const outcome = await runFramed({ host: name, argv, framed, local: framed.argv, options: given, signalGroup });
    switch (outcome.kind) {
      case 'ended':
        return outcome;
      case 'not-started':
        if (sudo) throw sudoFailure(name, outcome.stderr);
        throw new MigrateError('failed', `${name}: no shell could be started: ${outcome.stderr.trim()}`);
      case 'lost':
        throw new MigrateError('failed', `${name}: ${given.what ?? argv[0]} was killed.`);
    }
  }

  return {
    name,
    via: 'local',
    exec: (argv, given = {}) => run(argv, given, true),
    pipe: async (argv) => {
      const framed = frame(argv, { sudo });
      const started = await startPiped(framed.argv, framed.mark);
      if (started === undefined) throw new MigrateError('failed', `${name}: "${argv[0]}" could not be started.`);
      return started;
    },
  };
}
