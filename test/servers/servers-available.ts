import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';

export type ServersAvailable = { readonly ok: true } | { readonly ok: false; readonly why: string };

const SEARCH_PATH = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** What the servers are made of: a program, and the Debian package that brings it. */
const PROGRAMS = {
  dockerd: 'docker.io',
  containerd: 'containerd',
  ctr: 'containerd',
  runc: 'runc',
  busybox: 'busybox-static',
  ip: 'iproute2',
  jq: 'jq',
  setpriv: 'util-linux',
} as const;

/** Whether this machine can run its own dockerd and containerd, and all reasons why not, for the title of a skipped suite. */
export function serversAvailable(): ServersAvailable {
  if (process.platform !== 'linux')
    return { ok: false, why: `dockerd and containerd need Linux, this is ${process.platform}` };
  const missing: string[] = [];
  if (process.getuid?.() !== 0) missing.push('root');
  for (const [program, name] of Object.entries(PROGRAMS)) {
    if (!SEARCH_PATH.some((folder) => isExecutable(path.join(folder, program)))) missing.push(`${program} (${name})`);
  }
  if (!existsSync('/usr/lib/cni/bridge')) missing.push('/usr/lib/cni/bridge (containernetworking-plugins)');
  return missing.length === 0 ? { ok: true } : { ok: false, why: `real servers need ${missing.join(', ')}` };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
