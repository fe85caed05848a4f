import { execa } from 'execa';
import { builtCommand } from './built-command.js';
import { waitFor } from './wait-for.js';

export interface MigrateEnd {
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningMigrate {
  /** Until its plain output, on stderr, has the text. */
  saw(text: string | RegExp, deadlineMs?: number): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<MigrateEnd>;
}

const DEADLINE_MS = 300_000;

/** The command at work, from a workstation that has the lab's kubeconfig and OpenSSH configuration. */
export async function startMigrate(
  lab: { readonly kubeconfig: string; readonly sshConfig: string },
  args: readonly string[],
): Promise<RunningMigrate> {
  const reach = ['--kubeconfig', lab.kubeconfig, '--ssh-config', lab.sshConfig];
  const child = execa(process.execPath, [await builtCommand(), ...args, ...reach], {
    reject: false,
    stdin: 'ignore',
    timeout: DEADLINE_MS,
    killSignal: 'SIGKILL',
  });
  let said = '';
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  let over = false;
  const ended = child.then(({ exitCode, stdout, stderr, timedOut }) => {
    over = true;
    if (timedOut) throw new Error(`migrate ${args.join(' ')}: not finished within ${DEADLINE_MS / 1000} s:\n${stderr}`);
    return { exitCode, stdout, stderr };
  });
  return {
    async saw(text, deadlineMs = 120_000) {
      const there = (): boolean => (typeof text === 'string' ? said.includes(text) : text.test(said));
      await waitFor(`migrate ${args.join(' ')} to say ${String(text)}`, deadlineMs, () => there() || over, 5);
      if (!there()) throw new Error(`migrate ${args.join(' ')} ended without saying ${String(text)}:\n${said}`);
    },
    kill: (signal) => void child.kill(signal),
    ended,
  };
}
