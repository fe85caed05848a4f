import { MigrateError } from '../core/errors.js';
import type { CriApi } from '../core/ports.js';
import { containerStatus } from './container-status.js';
import { criConnection } from './cri-connection.js';
import { criFacts } from './cri-facts.js';
import { removeSandbox } from './remove-sandbox.js';
import { runPod } from './run-pod.js';

const PULL_TIMEOUT_MS = 1_800_000;

/** CRI-O (seen in 1.23) has no code for it. */
const isGone = ({ code, message }: MigrateError): boolean =>
  code === 'not-found' || message.endsWith('image not known');

/** The runtime behind a CRI socket. `endpoint` is what messages call it, where the socket is only a forwarded one. */
export async function criClient(socketPath: string, endpoint: string): Promise<CriApi> {
  const connection = await criConnection(socketPath, endpoint);
  return {
    facts: () => criFacts(connection),
    container: (id) => containerStatus(connection, id),
    runPod: (request, image) => runPod(connection, request, image),
    removeSandbox: (id, deadlineMs) => removeSandbox(connection, id, deadlineMs),
    removeImage: async (ref) => {
      try {
        await connection.call('ImageService/RemoveImage', { image: { image: ref } }, 60_000);
      } catch (error) {
        if (!(error instanceof MigrateError) || !isGone(error)) throw error;
      }
    },
    pullImage: async (ref) => {
      await connection.call('ImageService/PullImage', { image: { image: ref } }, PULL_TIMEOUT_MS);
    },
    close: () => connection.close(),
  };
}
