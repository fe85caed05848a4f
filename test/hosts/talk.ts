import { once } from 'node:events';
import { connect } from 'node:net';

/** Sends all of `sent` to a unix socket, ends the sending half, and gives back what came until the other side ended. */
export async function talk(path: string, sent: Uint8Array): Promise<Buffer> {
  const socket = connect({ path, allowHalfOpen: true });
  await once(socket, 'connect');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.end(sent);
  await once(socket, 'end');
  socket.destroy();
  return Buffer.concat(chunks);
}
