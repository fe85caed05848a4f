import { basename } from 'node:path/posix';
import { MigrateError } from '../core/errors.js';
import type { UnitFacts } from '../core/inventory.js';
import type { ReadHost } from '../core/ports.js';
import { ask } from './ask.js';
import type { FileReader } from './file-reader.js';

export interface KubeletProcess {
  readonly pid: number;
  readonly argv: readonly string[];
  readonly cgroups: string;
}

/** Distributions that run the kubelet inside a process of their own. */
const BUILT_IN = /^(?:k3s|rke2|k0s|kubelite)(?:-|$)/;

/** The kubelet that runs: its unit's main process, or the one there is where that is something else (`docker run`, a wrapper). */
export async function kubeletProcess(host: ReadHost, files: FileReader, unit: UnitFacts): Promise<KubeletProcess> {
  if (unit.mainPid > 0) {
    const main = await look(files, unit.mainPid);
    if (main !== undefined) return main;
  }
  const table = await ask(host, ['ps', '-e', '-o', 'pid=,comm=']);
  const processes = table.split('\n').map((line) => /^\s*(\d+)\s+(.+?)\s*$/.exec(line));
  const named = (pattern: RegExp): number[] =>
    processes.filter((row) => pattern.test(row?.[2] ?? '')).map((row) => Number(row?.[1]));
  for (const pid of named(/^(?:kubelet|hyperkube)$/)) {
    const found = await look(files, pid);
    if (found !== undefined) return found;
  }
  const builtIn = processes.map((row) => row?.[2] ?? '').find((name) => BUILT_IN.test(name));
  const state = unit.loadState === 'not-found' ? '' : `, and kubelet.service is ${unit.activeState}`;
  if (builtIn !== undefined) {
    throw new MigrateError(
      'not-found',
      `no process of its own is the kubelet on ${host.name}: it runs inside ${builtIn}`,
    );
  }
  throw new MigrateError('not-found', `no kubelet runs on ${host.name}${state}`);
}

async function look(files: FileReader, pid: number): Promise<KubeletProcess | undefined> {
  const [cmdline, cgroups] = await Promise.all([files.text(`/proc/${pid}/cmdline`), files.text(`/proc/${pid}/cgroup`)]);
  const argv = (cmdline ?? '').replace(/\0?\n?$/, '').split('\0');
  const [binary = '', command = ''] = argv.map((word) => basename(word));
  const isKubelet = binary === 'kubelet' || (binary === 'hyperkube' && command === 'kubelet');
  return isKubelet ? { pid, argv, cgroups: cgroups ?? '' } : undefined;
}
