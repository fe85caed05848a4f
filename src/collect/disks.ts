import { posix } from 'node:path';
import { MigrateError } from '../core/errors.js';
import type { DiskFacts } from '../core/inventory.js';
import type { ReadHost } from '../core/ports.js';

/** Where the directories lie, or would lie: one that does not exist is asked for by its nearest parent. */
export async function collectDisks(host: ReadHost, dockerRoot: string): Promise<readonly DiskFacts[]> {
  const paths = [...new Set(['/var/lib/containerd', dockerRoot, '/var/lib/kubelet', '/var/lib/containers'])];
  const asked = [...new Set(paths.flatMap(withParents))];
  // Ends with 1 because of those that do not exist.
  const argv = ['df', '-B1', '--output=fstype,size,avail,target,file', '--', ...asked];
  const { stdout, stderr } = await host.query(argv);
  const lines = stdout.split('\n');
  return paths.map((path) => {
    for (const directory of withParents(path)) {
      const line = lines.find((candidate) => candidate.endsWith(` ${directory}`));
      const columns = /^(\S+)\s+(\d+)\s+(\d+)\s+(\/.*?)\s+\/.*$/.exec(line ?? '');
      const [, fsType = '', total = '', free = '', mountPoint = ''] = columns ?? [];
      if (columns !== null) return { path, mountPoint, fsType, freeBytes: Number(free), totalBytes: Number(total) };
    }
    const lastWords = stderr.trim().split('\n').at(-1) ?? '';
    throw new MigrateError('failed', `df on ${host.name} does not tell of ${path}: ${lastWords}`);
  });
}

/** The path and all above it, the nearest first. */
function withParents(path: string): string[] {
  const parent = posix.dirname(path);
  return parent === path ? [path] : [path, ...withParents(parent)];
}
