import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fingerprint, type Fingerprint } from './fingerprint.js';
import type { Kubectl } from './kubectl.js';
import type { LabLayout } from './lab-layout.js';
import { machine } from './machine.js';
import { mustRun } from './must-run.js';
import type { NodeRecord } from './node-spec.js';
import { nodeReady } from './node-ready.js';
import type { RunOptions, RunResult } from './run.js';
import { waitFor } from './wait-for.js';

/** A node of the lab, seen from its console: works while its network, ssh or kubelet does not. */
export interface LabNode extends NodeRecord {
  isOn(): boolean;
  /** An argv, or a script for sh; throws unless the exit code is 0. */
  exec(command: readonly string[] | string, options?: RunOptions): Promise<string>;
  /** The same, whatever the exit code. */
  tryExec(command: readonly string[] | string, options?: RunOptions): Promise<RunResult>;
  read(file: string): Promise<string>;
  write(file: string, content: string, mode?: number): Promise<void>;
  exists(file: string): Promise<boolean>;
  fingerprint(paths?: readonly string[]): Promise<Fingerprint>;
  /** Makes an image in the node's Docker Engine out of a folder; `changes` are instructions of docker import -c. */
  pushImage(dir: string, ref: string, changes?: readonly string[]): Promise<void>;
  /** Gives Docker Engine `count` images of random data, registry.lab/big-N:1. */
  fillImages(count: number, sizeMb: number): Promise<void>;
  /** Until the kubelet of this very boot reports Ready; gives back the container runtime it reports. */
  waitReady(deadlineMs?: number): Promise<string>;
  boot(): Promise<void>;
  /** A power cut. */
  powerOff(): Promise<void>;
  /** A power cut and a boot; with `clean`, systemd shuts down in order before. Returns when ssh is up. */
  reboot(options?: { readonly clean?: boolean }): Promise<void>;
  remove(): Promise<void>;
}

export function labNode(layout: LabLayout, record: NodeRecord, kubectl: Kubectl, remove: () => Promise<void>): LabNode {
  const { name } = record;
  const host = machine(layout, name);
  const argv = (command: readonly string[] | string): readonly string[] =>
    typeof command === 'string' ? ['sh', '-ec', command] : command;

  const exec = async (command: readonly string[] | string, options: RunOptions = {}): Promise<string> => {
    const { exitCode, stdout, stderr } = await host.exec(argv(command), options);
    if (exitCode === 0) return stdout;
    const what = options.what ?? (typeof command === 'string' ? 'a script' : command.slice(0, 4).join(' '));
    throw new Error(`${what} on node ${name}: exit code ${exitCode}: ${(stderr.trim() || stdout.trim()).slice(-400)}`);
  };

  const write = async (file: string, content: string, mode = 0o644): Promise<void> => {
    // The kubelet takes every file among its manifests for a pod, except those that begin with a dot.
    const script = 'd=$(dirname "$1"); mkdir -p "$d"; t=$d/.lab-write; cat >"$t"; chmod "$2" "$t"; mv "$t" "$1"';
    await exec(['sh', '-ec', script, 'sh', file, mode.toString(8)], { input: content, what: `writing ${file}` });
  };

  const reboot = async ({ clean = false } = {}): Promise<void> => {
    if (clean) {
      // The machine's systemd ends it; a reboot from inside would have systemd-nspawn keep the old cgroups.
      await host.exec(['systemctl', 'poweroff']);
      await waitFor(`the shutdown of node ${name}`, 120_000, () => !host.isOn());
    }
    await host.powerOff();
    await host.boot();
  };

  return {
    ...record,
    isOn: host.isOn,
    exec,
    tryExec: (command, options) => host.exec(argv(command), options),
    read: (file) => exec(['cat', file], { what: `reading ${file}` }),
    write,
    exists: async (file) => (await host.exec(['test', '-e', file])).exitCode === 0,
    fingerprint: (paths) => fingerprint({ exec }, paths),

    async pushImage(dir, ref, changes = []) {
      const tar = path.join(mkdtempSync(path.join(tmpdir(), 'lab-image-')), 'image.tar');
      try {
        await mustRun(['tar', '-C', dir, '-cf', tar, '.'], { timeoutMs: 300_000 });
        const load = ['docker', 'import', ...changes.flatMap((change) => ['-c', change]), '-', ref];
        await exec(load, { inputFile: tar, timeoutMs: 300_000 });
      } finally {
        rmSync(path.dirname(tar), { recursive: true });
      }
    },
    async fillImages(count, sizeMb) {
      const script = `d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
        head -c "\${1}M" /dev/urandom >"$d/data"; tar -C "$d" -c data | docker import - "registry.lab/big-$2:1"`;
      for (let i = 1; i <= count; i++)
        await exec(['sh', '-ec', script, 'sh', `${sizeMb}`, `${i}`], { timeoutMs: 300_000 });
    },

    async waitReady(deadlineMs = 90_000) {
      const bootId = (await exec(['cat', '/proc/sys/kernel/random/boot_id'])).trim();
      return nodeReady(kubectl, name, bootId, deadlineMs);
    },
    boot: host.boot,
    powerOff: host.powerOff,
    reboot,
    remove,
  };
}
