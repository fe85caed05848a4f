import { randomBytes } from 'node:crypto';
import { execa } from 'execa';
import { MigrateError } from '../core/errors.js';
import { sshCommand } from './ssh-command.js';
import { sshFailure } from './ssh-failure.js';
import { SEARCH_PATH } from './search-path.js';
import type { SshTarget } from './ssh-target.js';
import { sudoFailure } from './sudo-failure.js';

/** One established connection that sessions share. */
export interface SshMaster {
  readonly controlPath: string;
  /** The login user is not root. */
  readonly sudo: boolean;
  readonly alive: () => boolean;
  readonly close: () => Promise<void>;
}

/**
 * The master's own session. It says who we are there and whether sudo will serve, in the same round trip as the login,
 * and then waits for its stdin to close: so the connection ends with this process, however that ends.
 */
const PROBE = `LC_ALL=C PATH="${SEARCH_PATH}:$PATH"; export LC_ALL PATH
uid=$(id -u)
if [ "$uid" = 0 ]; then said=root
elif said=$(sudo -n -- sh -c : 2>&1); then said=sudo
else said="denied $(printf "%s" "$said" | tr "\\n" " ")"; fi
printf "%s %s\\n" "$1" "$said"
exec cat >/dev/null`;

/** Connects, or throws what keeps it from that. */
export async function sshMaster(target: SshTarget, controlPath: string): Promise<SshMaster> {
  const mark = `migrate-${randomBytes(9).toString('hex')}`;
  const [file = '', ...args] = sshCommand.connect(target, controlPath, ['sh', '-c', PROBE, 'sh', mark]);
  const child = execa(file, args, { reject: false, buffer: false, stdin: 'pipe', detached: true });
  let alive = true;
  let stdout = '';
  let stderr = '';
  // nologin says on stdout why it lets nobody in.
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout = (stdout + chunk).slice(0, 20_000)));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr = (stderr + chunk).slice(-20_000)));
  const ended = child.then((result) => {
    alive = false;
    return result;
  });

  const close = async (): Promise<void> => {
    // Unreferenced, its end would come too late for a process that has nothing else to do.
    child.ref();
    child.kill('SIGTERM');
    await ended;
  };
  try {
    const said = await Promise.race([
      firstLineAfter(child.stdout, mark),
      ended.then((result) => {
        if (result.code === 'ENOENT') {
          throw new MigrateError('input', 'ssh is not installed on this machine.', {
            hint: 'Install the OpenSSH client.',
          });
        }
        throw startedNothing(target, stderr.trim() === '' ? stdout : stderr, result.exitCode);
      }),
      deadline(target),
    ]);
    if (said !== 'root' && said !== 'sudo') throw sudoFailure(target.name, said.replace(/^denied /, ''));
    // Neither the connection nor its pipes shall keep this process from ending.
    child.unref();
    for (const pipe of [child.stdin, child.stdout, child.stderr]) (pipe as unknown as { unref?(): void }).unref?.();
    child.stdout.resume();
    return { controlPath, sudo: said === 'sudo', alive: () => alive, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

function startedNothing(target: SshTarget, said: string, exitCode: number | undefined): MigrateError {
  // 255 is ssh's own; any other is the login shell's.
  if (exitCode === 255 || exitCode === undefined) return sshFailure(target.name, sshCommand.byHand(target), said);
  return sudoFailure(target.name, said);
}

function firstLineAfter(stream: NodeJS.ReadableStream, mark: string): Promise<string> {
  return new Promise((resolve) => {
    let heard = '';
    stream.on('data', function listen(chunk: Buffer | string) {
      heard += chunk.toString();
      const at = heard.indexOf(mark);
      const end = at === -1 ? -1 : heard.indexOf('\n', at);
      if (end === -1) return;
      stream.removeListener('data', listen);
      resolve(heard.slice(at + mark.length, end).trim());
    });
  });
}

function deadline(target: SshTarget): Promise<never> {
  const ms = (target.connectTimeoutMs ?? 10_000) + 20_000;
  const sentence = `${target.name}: ssh connected, but the login did not finish within ${ms / 1000} s.`;
  const error = new MigrateError('unreachable', sentence, { hint: `Try "${sshCommand.byHand(target)}" by hand.` });
  return new Promise((_resolve, reject) => void setTimeout(() => reject(error), ms).unref());
}
