import { MigrateError } from '../core/errors.js';
import { frame } from './frame.js';
import { killGroup } from './kill-group.js';
import { limited } from './limited.js';
import { redactArgv } from './redact-argv.js';
import { runFramed } from './run-framed.js';
import type { Shell, ShellOptions, ShellResult } from './shell.js';
import { sshCommand } from './ssh-command.js';
import { sshFailure } from './ssh-failure.js';
import type { SshMaster } from './ssh-master.js';
import type { SshTarget } from './ssh-target.js';
import { startPiped } from './start-piped.js';
import { sudoFailure } from './sudo-failure.js';
import type { Unframed } from './unframe.js';

/** sshd allows 10 sessions in a connection by default. One is the master's own, and relayed sockets need some. */
const MOST_SESSIONS = 6;

/** Starts processes on another machine, in sessions of one connection, which `master` gives and renews. */
export function sshShell(target: SshTarget, master: () => Promise<SshMaster>): Shell {
  const { name } = target;
  const inTurn = limited(MOST_SESSIONS);

  async function run(argv: readonly string[], options: ShellOptions, endable: boolean): Promise<ShellResult> {
    const signalGroup = (group: number, signal: 'TERM' | 'KILL'): Promise<void> =>
      killGroup((words, how = {}) => run(words, how, false), group, signal);
    const start = (sudo: boolean, local: (framed: readonly string[]) => string[]): Promise<Unframed> => {
      const framed = frame(argv, { sudo });
      const end = endable ? signalGroup : undefined;
      return runFramed({ host: name, argv, framed, local: local(framed.argv), options, signalGroup: end });
    };

    for (let attempt = 1; ; attempt += 1) {
      const { controlPath, sudo, alive } = await master();
      let outcome = await start(sudo, (framed) => sshCommand.share(controlPath, framed));
      if (outcome.kind === 'not-started' && outcome.stderr.includes(sshCommand.notShared)) {
        if (!alive() && attempt === 1) continue;
        // The connection lives but takes no more sessions (MaxSessions is low there): this one gets its own connection.
        outcome = await start(sudo, (framed) => sshCommand.connect(target, undefined, framed));
        if (outcome.kind === 'not-started' && outcome.exitCode === 255) {
          throw sshFailure(name, sshCommand.byHand(target), outcome.stderr);
        }
      }
      switch (outcome.kind) {
        case 'ended':
          return outcome;
        case 'not-started':
          if (outcome.exitCode !== 255) throw sudoFailure(name, outcome.stderr);
          break;
        case 'lost':
          break;
      }
      // What may change something is not done again: nobody knows how far it came.
      if (attempt > 1 || options.repeatable !== true) throw lost(argv, options, outcome.stderr);
    }
  }

  function lost(argv: readonly string[], options: ShellOptions, stderr: string): MigrateError {
    const what = options.what ?? `"${redactArgv(argv).slice(0, 6).join(' ')}"`;
    const said = stderr.trim().split('\n').at(-1) ?? '';
    const sentence = `${name}: the connection broke during ${what}${said === '' ? '.' : `: ${said}`}`;
    return new MigrateError('unreachable', sentence, { hint: 'Whether it took effect is not known.' });
  }

  return {
    name,
    via: 'ssh',
    exec: (argv, options = {}) => inTurn(() => run(argv, options, true)),
    pipe: async (argv) => {
      const { controlPath, sudo } = await master();
      const framed = frame(argv, { sudo });
      const started =
        (await startPiped(sshCommand.share(controlPath, framed.argv), framed.mark)) ??
        (await startPiped(sshCommand.connect(target, undefined, framed.argv), framed.mark));
      if (started === undefined) throw new MigrateError('unreachable', `${name}: "${argv[0]}" could not be started.`);
      return started;
    },
  };
}
