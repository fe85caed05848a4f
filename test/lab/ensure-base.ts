import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { BASE_COMMANDS, BASE_FILES, BASE_PACKAGES, BASE_RELEASE, BASE_STAMPS } from './base-recipe.js';
import { IMAGES } from './images.js';
import { LAB_HOME } from './lab-layout.js';
import { mustRun } from './must-run.js';
import { takeLock } from './take-lock.js';
import { writeRootFiles } from './write-root-files.js';

const BASES = path.join(LAB_HOME, 'base');
const MINUTES = 60_000;

/** The root file system that every node starts as a copy of; built once for each recipe. */
export async function ensureBase(say: (text: string) => void): Promise<string> {
  const base = path.join(BASES, BASE_STAMPS.whole);
  if (existsSync(base)) return base;
  const lock = await takeLock(path.join(LAB_HOME, 'base.lock'), 15 * MINUTES);
  try {
    if (existsSync(base)) return base;
    const packages = path.join(BASES, `packages-${BASE_STAMPS.packages}`);
    if (!existsSync(packages)) {
      say('installing the nodes’ Debian packages into a root file system (a minute or two, once)');
      await whole(packages, installPackages);
    }
    say('building the base of all nodes');
    await whole(base, (root) => prepare(packages, root));
    return base;
  } finally {
    await lock.release();
  }
}

/** Builds beside and renames: what stands under the final name is complete. */
async function whole(target: string, build: (root: string) => Promise<void>): Promise<void> {
  const draft = `${target}.building`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(path.dirname(target), { recursive: true });
  await build(draft);
  renameSync(draft, target);
}

async function installPackages(root: string): Promise<void> {
  const include = `--include=${BASE_PACKAGES.join(',')}`;
  await mustRun(['debootstrap', '--variant=minbase', include, BASE_RELEASE, root], { timeoutMs: 15 * MINUTES });
  await mustRun(['sh', '-c', 'rm -rf "$1"/var/cache/apt/* "$1"/var/lib/apt/lists/*', 'sh', root]);
}

async function prepare(packages: string, root: string): Promise<void> {
  await mustRun(['cp', '-a', '--reflink=auto', packages, root], { timeoutMs: 5 * MINUTES });
  writeRootFiles(root, BASE_FILES);
  for (const command of BASE_COMMANDS) await mustRun(['chroot', root, ...command]);
  const machine = ['systemd-nspawn', '-q', '-D', root, '-M', `migrate-base-${process.pid}`, '--as-pid2'];
  const free = ['--register=no', '--keep-unit', '--private-network', '--capability=all', '--resolv-conf=off'];
  const calls = '--system-call-filter=@keyring bpf @mount';
  const load = ['/lab-images/import', IMAGES.pause, IMAGES.app];
  await mustRun([...machine, ...free, '--timezone=off', calls, ...load], { timeoutMs: 2 * MINUTES });
}
