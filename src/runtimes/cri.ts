import { MigrateError } from '../core/errors.js';
import type { CriApi } from '../core/ports.js';
import { criConnection } from './cri-connection.js';
import { criFacts } from './cri-facts.js';
import { removeSandbox } from './remove-sandbox.js';
import { runPod } from './run-pod.js';

/** The runtime behind a CRI socket. `endpoint` is what messages call it, where the socket is only a forwarded one. */
export async function criClient(socketPath: string, endpoint: string): Promise<CriApi> {
  const connection = await criConnection(socketPath, endpoint);
  return {
    facts: () => criFacts(connection),
    runPod: (request, image) => runPod(connection, request, image),
    removeSandbox: (id) => removeSandbox(connection, id),
    removeImage: async (ref) => {
      try {
        await connection.call('ImageService/RemoveImage', { image: { image: ref } }, 60_000);
      } catch (error) {
        if (!(error instanceof MigrateError) || error.code !== 'not-found') throw error;
      }
    },
    close: () => connection.close(),
  };
}
