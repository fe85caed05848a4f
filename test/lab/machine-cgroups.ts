import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { waitFor } from './wait-for.js';

const ROOT = '/sys/fs/cgroup';

/**
 * A machine's own branch in every cgroup hierarchy. Were they all to share the root, one node's systemd would meet the
 * processes of another's docker.service in the very cgroup it means to stop.
 */
export function machineCgroups(machine: string) {
  const hierarchies = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, , type]) => type === 'cgroup' || type === 'cgroup2')
    .flatMap(([, dir = '']) => (path.dirname(dir) === ROOT ? [path.basename(dir)] : []));
  const branches = hierarchies.map((name) => path.join(ROOT, name, machine));
  // systemd-nspawn puts the machine into a folder of its own, in the hierarchies that systemd itself uses.
  const payload = (name: string): string => (name === 'systemd' || name === 'unified' ? 'payload' : '');

  return {
    branches,
    /** Arguments that show the machine its branch, and nothing else, as the whole of /sys/fs/cgroup. */
    binds: (): string[] => [
      `--tmpfs=${ROOT}:mode=755`,
      ...hierarchies.map((name) => `--bind=${path.join(ROOT, name, machine, payload(name))}:${path.join(ROOT, name)}`),
    ],
    create(): void {
      for (const name of hierarchies) {
        mkdirSync(path.join(ROOT, name, machine, payload(name)), { recursive: true });
        if (name !== 'cpuset') continue;
        // A new cpuset is empty, and nothing can enter an empty one.
        for (const file of ['cpuset.cpus', 'cpuset.mems']) {
          writeFileSync(path.join(ROOT, name, machine, file), readFileSync(path.join(ROOT, name, file)));
        }
      }
    },
    /** What died a moment ago is still leaving: tried until all are empty. */
    remove: (): Promise<true> =>
      waitFor(`the cgroups of ${machine} to empty`, 15_000, () => {
        branches.forEach(removeBranch);
        return true;
      }),
  };
}

function removeBranch(dir: string): void {
  if (!existsSync(dir)) return;
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (entry.isDirectory()) removeBranch(path.join(dir, entry.name));
  }
  rmdirSync(dir);
}
