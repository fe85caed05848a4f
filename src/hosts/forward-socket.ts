import { rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { execa } from 'execa';
import type { DialledSocket } from '../core/ports.js';
import { sshCommand } from './ssh-command.js';
import type { SshMaster } from './ssh-master.js';

/** ssh splits and expands these arguments; a path with anything else in it goes by the relay. */
const PLAIN_PATH = /^[A-Za-z0-9/._@+-]+$/;

/**
 * A socket of the host, forwarded by ssh itself; undefined where sshd does not open it.
 *
 * ssh always accepts a connection and closes it again when sshd could not open its end, so a first connection is made
 * to try it. Whether it stays open is known without waiting: sshd answers in order, so its answer to this connection
 * is there when `roundTrip`, a command that was started after it in the same master, has ended.
 */
export async function forwardSocket(
  master: SshMaster,
  localPath: string,
  socketPath: string,
  roundTrip: () => Promise<void>,
): Promise<DialledSocket | undefined> {
  if (!PLAIN_PATH.test(socketPath)) {
    await roundTrip();
    return undefined;
  }
  const ask = (request: 'forward' | 'cancel') => {
    const [file = '', ...args] = sshCommand.forward(master.controlPath, request, localPath, socketPath);
    return execa(file, args, { reject: false, stdin: 'ignore', timeout: 10_000, detached: true });
  };
  const close = async (): Promise<void> => {
    if (master.alive()) await ask('cancel');
    await rm(localPath, { force: true });
  };
  const asked = await ask('forward');
  try {
    if (asked.exitCode === 0 && (await staysOpen(localPath, roundTrip))) return { path: localPath, close };
    if (asked.exitCode !== 0) await roundTrip();
  } catch (thrown) {
    await close();
    throw thrown;
  }
  await close();
  return undefined;
}

async function staysOpen(localPath: string, roundTrip: () => Promise<void>): Promise<boolean> {
  let closed = false;
  const trial: Socket = connect(localPath);
  const connected = new Promise<void>((resolve) => trial.once('connect', resolve).once('error', () => resolve()));
  trial
    .on('error', () => (closed = true))
    .on('end', () => (closed = true))
    .on('close', () => (closed = true));
  trial.resume();
  try {
    await connected;
    await roundTrip();
    // ssh closed its end before the command's end was told; two turns of the loop read that.
    await nextTurn();
    await nextTurn();
    return !closed;
  } finally {
    trial.destroy();
  }
}
