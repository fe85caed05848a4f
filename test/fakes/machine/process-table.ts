import type { MemoryFiles } from './memory-files.js';

export interface ProcessTable {
  /** `caught` are the signals that the process has a handler for, where it is the first of a PID namespace. */
  start(argv: readonly string[], cgroup: string, caught?: readonly number[]): number;
  end(pid: number): void;
  runs(pid: number): boolean;
  list(): readonly { readonly pid: number; readonly argv: readonly string[] }[];
  clear(): void;
}

/** The processes of a machine, and what /proc tells of them. */
export function processTable(files: MemoryFiles): ProcessTable {
  const all = new Map<number, readonly string[]>();
  let next = 100;
  const end = (pid: number): void => {
    if (all.delete(pid)) files.removeTree(`/proc/${pid}`);
  };
  return {
    start(argv, cgroup, caught) {
      const pid = (next += 7);
      all.set(pid, argv);
      const read = { mode: 0o444 };
      files.write(`/proc/${pid}/cmdline`, argv.map((word) => `${word}\0`).join(''), read);
      files.write(`/proc/${pid}/cgroup`, `0::${cgroup}\n`, read);
      files.link(`/proc/${pid}/exe`, argv[0] ?? '');
      const mask = (caught ?? []).reduce((sum, signal) => sum | (1n << BigInt(signal - 1)), 0n);
      const inner = caught === undefined ? '' : '\t1';
      files.write(
        `/proc/${pid}/status`,
        `Name:\t${argv[0] ?? ''}\nNSpid:\t${pid}${inner}\nSigCgt:\t${mask.toString(16).padStart(16, '0')}\n`,
        read,
      );
      return pid;
    },
    end,
    runs: (pid) => all.has(pid),
    list: () => [...all].map(([pid, argv]) => ({ pid, argv })),
    clear: () => {
      for (const pid of [...all.keys()]) end(pid);
    },
  };
}
