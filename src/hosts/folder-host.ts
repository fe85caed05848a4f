import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { MigrateError } from '../core/errors.js';
import type { ReadHost } from '../core/ports.js';
import { orAbsent } from './or-absent.js';
import { regularFile } from './regular-file.js';
import { statPlace } from './stat-place.js';

const MOST_HOPS = 40;

export interface FolderHostInput {
  /** As the user wrote it. */
  readonly name: string;
  /** What stands for `/`. */
  readonly root: string;
}

/**
 * The files of a node, laid out below a folder as they are below its root. Links are followed as if that folder were the
 * root (chroot(2)): an absolute one begins there, and none leads out. No command runs.
 *
 * Errors: `input` for what cannot be read: too long, no regular file, a loop of links, no permission.
 */
export function folderHost({ name, root }: FolderHostInput): ReadHost {
  const look = <T>(path: string, looking: Promise<T>): Promise<T | undefined> =>
    orAbsent(looking, `${path} in ${name}`);

  /** Where a path of the node is on this machine, or undefined where a part of it is not there. */
  async function place(path: string, followLast: boolean): Promise<string | undefined> {
    const ahead = path.split('/');
    const at: string[] = [];
    for (let hops = 0; ahead.length > 0;) {
      const part = ahead.shift() ?? '';
      if (part === '..') at.pop();
      if (['', '.', '..'].includes(part)) continue;
      const here = join(root, ...at, part);
      const found = await look(path, lstat(here));
      if (found === undefined) return undefined;
      if (!found.isSymbolicLink() || (!followLast && ahead.every((rest) => rest === ''))) {
        at.push(part);
        continue;
      }
      hops += 1;
      if (hops > MOST_HOPS) throw new MigrateError('input', `${path} in ${name} is a loop of links`);
      const target = await readlink(here);
      if (target.startsWith('/')) at.length = 0;
      ahead.unshift(...target.split('/'));
    }
    return join(root, ...at);
  }

  return {
    name,
    via: 'local',
    query: () => Promise.resolve({ code: 127, stdout: '', stderr: 'there are no commands in a folder' }),
    readFile: async (path) => {
      const real = await place(path, true);
      return real === undefined ? undefined : regularFile(real, `${path} in ${name}`);
    },
    stat: async (path) => {
      const real = await place(path, false);
      return real === undefined ? undefined : statPlace(real, `${path} in ${name}`);
    },
    list: async (path) => {
      const real = await place(path, true);
      if (real === undefined) return [];
      return ((await look(path, readdir(real))) ?? []).sort();
    },
    dial: (socketPath) =>
      Promise.reject(new MigrateError('unreachable', `${socketPath} in ${name} is in a folder, where nobody listens`)),
  };
}
