import { posix } from 'node:path';
import type { ReadHost } from '../core/ports.js';
import { folderHost } from './folder-host.js';
import { regularFile } from './regular-file.js';
import { statPlace } from './stat-place.js';

export interface OneFileHostInput {
  /** As the user wrote it. */
  readonly name: string;
  /** On this machine, no link. */
  readonly file: string;
  /** Where the node has it: `/etc/docker/daemon.json`. */
  readonly at: string;
}

/** A node of which nothing is there but one file. */
export function oneFileHost({ name, file, at }: OneFileHostInput): ReadHost {
  const plain = (path: string): string => posix.normalize(path).replace(/(?<=.)\/$/, '');
  /** The rest of the file's path, below a directory that leads to it. */
  const below = (dir: string): string => {
    const start = dir === '/' ? dir : `${dir}/`;
    return at.startsWith(start) ? at.slice(start.length) : '';
  };
  return {
    ...folderHost({ name, root: '/nowhere' }),
    readFile: async (path) => (plain(path) === at ? regularFile(file, name) : undefined),
    stat: async (path) => {
      if (plain(path) === at) return statPlace(file, name);
      if (below(plain(path)) === '') return undefined;
      return { type: 'directory', mode: 0o755, uid: 0, gid: 0, sizeBytes: 0 };
    },
    list: (path) => {
      const [next = ''] = below(plain(path)).split('/');
      return Promise.resolve(next === '' ? [] : [next]);
    },
  };
}
