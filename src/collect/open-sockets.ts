import type { ReadHost } from '../core/ports.js';
import { procLinks } from './proc-links.js';

export interface OpenSocket {
  readonly pid: number;
  readonly inode: string;
}

/** The sockets that all processes of the host hold, those in containers too. Errors: as `procLinks`. */
export async function openSockets(host: ReadHost): Promise<readonly OpenSocket[]> {
  const links = await procLinks(host, 'fd/*', 'socket:*');
  return links.map(({ pid, target }) => ({ pid, inode: /\[(\d+)\]/.exec(target)?.[1] ?? '' }));
}
