import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { daemon } from './daemon.js';
import { GivenUp } from './given-up.js';
import type { LabLayout } from './lab-layout.js';
import { machineCgroups } from './machine-cgroups.js';
import { mustRun } from './must-run.js';
import { processIdentity } from './process-identity.js';
import { run, type RunOptions, type RunResult } from './run.js';
import { waitFor } from './wait-for.js';

const ENVIRONMENT = ['HOME=/root', 'LANG=C.UTF-8', 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'];

/** The systemd-nspawn machine of one node: its power switch, and a console that needs no network. */
export function machine(layout: LabLayout, name: string) {
  const dir = layout.nodeDir(name);
  const root = path.join(dir, 'root');
  const nspawn = daemon(path.join(dir, 'pid'), path.join(layout.logDir, `node-${name}.log`));
  const cgroups = machineCgroups(layout.machine(name));

  /** The machine's own first process, as this machine numbers it. */
  const leader = (): number | undefined => {
    const parent = nspawn.pid();
    if (parent === undefined) return undefined;
    const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim();
    return children === '' ? undefined : Number(children.split(' ')[0]);
  };

  const exec = async (argv: readonly string[], options: RunOptions = {}): Promise<RunResult> => {
    const pid = leader();
    if (pid === undefined) throw new Error(`node ${name} is off`);
    const timeoutMs = options.timeoutMs ?? 60_000;
    // timeout ends the command inside; ending nsenter alone would leave it running there.
    const extra = Object.entries(options.env ?? {}).map(([key, value]) => `${key}=${value}`);
    const inside = ['env', '-i', ...ENVIRONMENT, ...extra, 'timeout', '-k', '1', String(timeoutMs / 1000), ...argv];
    const enter = ['nsenter', '--target', String(pid), '--all', '--wdns=/root', '--'];
    const result = await run([...enter, ...inside], { ...options, timeoutMs: timeoutMs + 5_000 });
    const what = options.what ?? argv.slice(0, 4).join(' ');
    if (result.exitCode === 124) throw new Error(`${what} on node ${name}: not finished within ${timeoutMs / 1000} s`);
    return result;
  };

  return {
    root,
    exec,
    isOn: (): boolean => nspawn.pid() !== undefined,

    async boot(): Promise<void> {
      if (nspawn.pid() !== undefined) return;
      if (!existsSync(root)) throw new Error(`node ${name} has no root file system`);
      await cgroups.remove();
      cgroups.create();
      const own = ['systemd-nspawn', '-q', '-D', root, '-M', layout.machine(name), `--hostname=${name}`, '--boot'];
      const wire = [`--network-bridge=${layout.bridge}`, '--resolv-conf=off', '--timezone=off', '--link-journal=no'];
      const power = [
        '--capability=all',
        '--system-call-filter=@keyring bpf @mount',
        '--bind=/dev/kmsg',
        ...cgroups.binds(),
      ];
      const argv = [...own, '--register=no', '--keep-unit', '--console=pipe', ...wire, ...power];
      await nspawn.start(argv, { cgroups: cgroups.branches });
      await waitFor(`ssh on node ${name}`, 60_000, async () => {
        if (nspawn.pid() === undefined)
          throw new GivenUp(`systemd-nspawn ended: ${tail(path.join(layout.logDir, `node-${name}.log`))}`);
        const { exitCode, stdout, stderr } = await exec(['systemctl', 'is-active', 'ssh'], { timeoutMs: 5_000 });
        if (exitCode !== 0) throw new Error(`its ssh.service is ${(stdout || stderr).trim()}`);
        return true;
      });
    },

    /** At once, as a power cut does: nothing on the machine is told. */
    async powerOff(): Promise<void> {
      const pid = leader();
      if (pid !== undefined && processIdentity(pid) !== undefined) process.kill(pid, 'SIGKILL');
      await waitFor(`the end of node ${name}`, 10_000, () => nspawn.pid() === undefined, 50).catch(() => undefined);
      await nspawn.stop(1_000);
      await run(['ip', 'link', 'del', `vb-${layout.machine(name)}`]);
      await cgroups.remove();
    },

    /** Mounts that a node's root still carries on this machine, innermost first. */
    async unmount(): Promise<void> {
      const mounts = readFileSync('/proc/self/mounts', 'utf8')
        .split('\n')
        .map((line) => line.split(' ')[1] ?? '');
      const inside = mounts.filter((mount) => mount.startsWith(`${dir}/`)).reverse();
      for (const mount of inside) await mustRun(['umount', '-l', mount]);
    },
  };
}

function tail(file: string): string {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-2).join(' | ');
}
