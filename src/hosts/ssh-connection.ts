import { MigrateError } from '../core/errors.js';
import { sshMaster, type SshMaster } from './ssh-master.js';
import type { SshTarget } from './ssh-target.js';

export interface SshConnection {
  /** The master, made again when it has died since, because the host was rebooted for one. */
  readonly master: () => Promise<SshMaster>;
  readonly close: () => Promise<void>;
}

export function sshConnection(target: SshTarget, nextPath: () => string): SshConnection {
  let closed = false;
  let current: Promise<SshMaster> | undefined;

  function connect(): Promise<SshMaster> {
    const made = sshMaster(target, nextPath());
    made.catch(() => {
      if (current === made) current = undefined;
    });
    return made;
  }

  return {
    master: async () => {
      if (closed) throw new MigrateError('bug', `${target.name} was used after its connection was closed.`);
      const seen = current;
      if (seen !== undefined && (await seen).alive()) return seen;
      // Whoever finds it dead first makes a new one, the others wait for the same.
      if (current === seen || current === undefined) current = connect();
      return current;
    },
    close: async () => {
      closed = true;
      const open = await current?.catch(() => undefined);
      await open?.close();
    },
  };
}
