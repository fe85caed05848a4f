import { mustRun } from './must-run.js';
import { run } from './run.js';

/** What the lab uses on this machine: a command, and the Debian package that brings it. */
const COMMANDS = {
  debootstrap: 'debootstrap',
  'systemd-nspawn': 'systemd-container',
  etcd: 'etcd-server',
  ip: 'iproute2',
  iptables: 'iptables',
  ssh: 'openssh-client',
  openssl: 'openssl',
  busybox: 'busybox-static',
  kubectl: 'kubernetes-client',
} as const;

/** Installs what is not there. */
export async function installHostPackages(): Promise<void> {
  const missing: string[] = [];
  for (const [command, name] of Object.entries(COMMANDS)) {
    const found = await run(['sh', '-c', 'command -v "$1"', 'sh', command]);
    if (found.exitCode !== 0) missing.push(name);
  }
  if (missing.length === 0) return;
  // RUNLEVEL=1 keeps the package's own etcd from being started.
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const wait = ['-qq', '-o', 'DPkg::Lock::Timeout=300'];
  await mustRun(['apt-get', ...wait, 'update'], { timeoutMs: 300_000, env });
  await mustRun(['apt-get', ...wait, 'install', '-y', '--no-install-recommends', ...missing], {
    timeoutMs: 900_000,
    env,
  });
}
