import { lstat, readlink } from 'node:fs/promises';
import type { FileStat } from '../core/ports.js';
import { orAbsent } from './or-absent.js';

/** What is at a path of this machine's disk; a link is told as such. Errors: `input`, naming `title`. */
export async function statPlace(path: string, title: string): Promise<FileStat | undefined> {
  const stats = await orAbsent(lstat(path), title);
  if (stats === undefined) return undefined;
  const { mode, uid, gid, size } = stats;
  const common = { mode: mode & 0o7777, uid, gid, sizeBytes: size };
  if (stats.isSymbolicLink()) return { type: 'symlink', ...common, linkTarget: await readlink(path) };
  const type = stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : stats.isSocket() ? 'socket' : 'other';
  return { type, ...common };
}
