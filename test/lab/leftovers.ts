import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { LabLayout } from './lab-layout.js';

const CGROUPS = '/sys/fs/cgroup';

/** What there is of a lab on this machine: a line for each process, mount, cgroup and network interface. */
export function leftovers(layout: LabLayout): string[] {
  const ours = layout.machine('');
  const found: string[] = [];
  for (const pid of entries('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const [program = '', ...words] = commandLine(pid);
    if (words.some((word) => word.includes(`${layout.dir}/`))) found.push(`process ${pid}: ${program}`);
  }
  for (const line of readFileSync('/proc/self/mounts', 'utf8').split('\n')) {
    const mount = line.split(' ')[1] ?? '';
    if (mount.startsWith(`${layout.dir}/`)) found.push(`mount ${mount}`);
  }
  for (const hierarchy of entries(CGROUPS)) {
    const branches = entries(path.join(CGROUPS, hierarchy)).filter((entry) => entry.startsWith(ours));
    found.push(...branches.map((branch) => `cgroup ${hierarchy}/${branch}`));
  }
  const links = entries('/sys/class/net').filter((link) => link === layout.bridge || link.startsWith(`vb-${ours}`));
  return [...found, ...links.map((link) => `interface ${link}`)];
}

function entries(dir: string): string[] {
  try {
    return existsSync(dir) ? readdirSync(dir) : [];
  } catch {
    return [];
  }
}

function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
