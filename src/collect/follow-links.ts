import { posix } from 'node:path';
import { MigrateError } from '../core/errors.js';
import type { FileStat, ReadHost } from '../core/ports.js';

const MOST_HOPS = 10;

/** Where a path leads in the end, and what is there; undefined when that is nothing. */
export async function followLinks(
  host: ReadHost,
  path: string,
): Promise<{ readonly path: string; readonly stat: FileStat } | undefined> {
  let current = path;
  for (let hop = 0; hop < MOST_HOPS; hop += 1) {
    const stat = await host.stat(current);
    if (stat === undefined) return undefined;
    if (stat.linkTarget === undefined) return { path: current, stat };
    current = posix.resolve(posix.dirname(current), stat.linkTarget);
  }
  throw new MigrateError('input', `${path} on ${host.name} is a chain of more than ${MOST_HOPS} links`);
}
