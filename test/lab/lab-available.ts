import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export type LabAvailable = { readonly ok: true } | { readonly ok: false; readonly why: string };

const BINARIES = ['kubelet', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'];

/** Whether this machine can hold a lab, and all reasons why not, for the title of a skipped suite. */
export function labAvailable(kubeBin = process.env['KUBE_BIN'] ?? '/opt/kube/bin'): LabAvailable {
  if (process.platform !== 'linux') return { ok: false, why: `the lab needs Linux, this is ${process.platform}` };
  const missing: string[] = [];
  if (process.getuid?.() !== 0) missing.push('root');
  if (!isDebian()) missing.push('Debian');
  // With the unified hierarchy alone a kubelet of this era and its nodes would need another set-up, which nobody has tried.
  if (!existsSync('/sys/fs/cgroup/memory')) missing.push('the cgroup v1 memory controller');
  for (const binary of BINARIES)
    if (!isExecutable(path.join(kubeBin, binary))) missing.push(path.join(kubeBin, binary));
  return missing.length === 0 ? { ok: true } : { ok: false, why: `the lab needs ${missing.join(', ')}` };
}

function isDebian(): boolean {
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
