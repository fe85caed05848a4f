import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A unix socket's path may have 104 bytes on some systems, and ssh appends 17 to the name of a new control socket. */
const LONGEST_BASE = 60;

export interface WorkDirectory {
  readonly path: string;
  /** A name in it that was not given before. */
  next(name: string): string;
  remove(): Promise<void>;
}

/** What has to go when the process ends before its owners have removed it. */
const existing = new Set<string>();
const removeAll = (): void => existing.forEach((path) => rmSync(path, { recursive: true, force: true }));

/** A directory for sockets, private (0700) and with a path short enough and plain enough for ssh. */
export async function workDirectory(): Promise<WorkDirectory> {
  const usual = tmpdir();
  // ssh expands % and ${} in these paths and splits them at colons.
  const base = usual.length <= LONGEST_BASE && /^[A-Za-z0-9/._-]+$/.test(usual) ? usual : '/tmp';
  const path = await mkdtemp(join(base, 'mig-'));
  if (existing.size === 0) process.on('exit', removeAll);
  existing.add(path);
  let count = 0;
  return {
    path,
    next: (name) => join(path, `${name}${(count += 1)}`),
    remove: () => {
      existing.delete(path);
      if (existing.size === 0) process.removeListener('exit', removeAll);
      return rm(path, { recursive: true, force: true });
    },
  };
}
