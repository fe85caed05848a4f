import { MigrateError } from '../core/errors.js';
import { frame, type Framed } from './frame.js';
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

/** sshd allows 10 sessions in a connection by default. One is the master's own, and relayed sockets need some. */
const MOST_SESSIONS = 6;

/** Starts processes on another machine, in sessions of one connection, which `master` gives and renews. */
export function sshShell(target: SshTarget, master: () => Promise<SshMaster>): Shell {
  const { name } = target;
  const inTurn = limited(MOST_SESSIONS);

  function start(
    argv: readonly string[],
    local: (framed: Framed) => string[],
    sudo: boolean,
    options: ShellOptions,
    endable: boolean,
  ) {
    const framed = frame(argv, { sudo });
    const signalGroup = endable
      ? (group: number, signal: 'TERM' | 'KILL') =>
          killGroup((words, how = {}) => run(words, how, false), group, signal)
      : undefined;
    return runFramed({ host: name, argv, framed, local: local(framed), options, signalGroup });
  }

  async function run(argv: readonly string[], options: ShellOptions, endable: boolean): Promise<ShellResult> {
    for (let attempt = 1; ; attempt += 1) {
      const { controlPath, sudo, alive } = await master();
      let outcome = await start(argv, (framed) => sshCommand.share(controlPath, framed.argv), sudo, options, endable);
      if (outcome.kind === 'not-started' && outcome.stderr.includes(sshCommand.notShared)) {
        if (!alive() && attempt === 1) continue;
        // The connection lives but takes no more sessions (MaxSessions is low there): this one gets its own connection.
        outcome = await start(
          argv,
          (framed) => sshCommand.connect(target, undefined, framed.argv),
          sudo,
          options,
          endable,
        );
        if (outcome.kind === 'not-started' && outcome.exitCode === 255) {
          throw sshFailure(name, sshCommand.byHand(target), outcome.stderr);
        }
      }
      switch (outcome.kind) {
        case 'ended':
          return outcome;
        case 'not-started':
          if (outcome.exitCode !== 255) throw sudoFailure(name, outcome.stderr);
          if (attempt === 1 && options.repeatable === true) continue;
          throw lost(argv, options, outcome.stderr);
        case 'lost':
          if (attempt === 1 && options.repeatable === true) continue;
          throw lost(argv, options, outcome.stderr);
      }
    }
  }

  function lost(argv: readonly string[], options: ShellOptions, stderr: string): MigrateError {
    const what = options.what ?? `"${redactArgv(argv).slice(0, 6).join(' ')}"`;
    const said = stderr.trim().split('\n').at(-1) ?? '';
    return new MigrateError(
      'unreachable',
      `${name}: the connection broke during ${what}${said === '' ? '.' : `: ${said}`}`,
      {
        hint: 'Whether it took effect is not known.',
      },
    );
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
