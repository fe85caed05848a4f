import { posix } from 'node:path';
import { parseUnitFile } from '../config/text/unit-file.js';
import type { UnitFacts } from '../core/inventory.js';
import type { ReadHost } from '../core/ports.js';
import type { FileReader } from './file-reader.js';
import { RUNTIME_UNITS } from './runtime-units.js';

const UNITS = [...RUNTIME_UNITS, 'k3s-agent.service', 'k3s.service'];

/** What a node has to run for there to be something to convert, whether or not its unit is among the files. */
const RUNNING: readonly string[] = ['docker.service', 'kubelet.service'];

/** Where systemd looks, the first one first. */
const DIRECTORIES = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
];

/** What systemd would say of units, by their files alone; nothing runs in a folder, so what has to run is said to. */
export async function folderUnits(host: ReadHost, files: FileReader): Promise<Record<string, UnitFacts>> {
  return Object.fromEntries(
    await Promise.all(UNITS.map(async (unit) => [unit, await folderUnit(host, files, unit)] as const)),
  );
}

async function folderUnit(host: ReadHost, files: FileReader, unit: string): Promise<UnitFacts> {
  const fragment = await firstOf(host, files, DIRECTORIES, unit);
  const masked = fragment?.masked === true;
  const dropInPaths = masked ? [] : await dropIns(host, files, unit);
  const fragmentPath = fragment?.path ?? '';
  const texts = await Promise.all(
    [masked ? '' : fragmentPath, ...dropInPaths].filter((path) => path !== '').map((path) => files.text(path)),
  );
  const entries = texts.flatMap((text) => parseUnitFile(text ?? ''));
  const named = (key: string): string[] => {
    const values = entries.filter((entry) => entry.section === 'Unit' && entry.key === key).map(({ value }) => value);
    return [...new Set(values.flatMap((value) => value.split(/\s+/)).filter((name) => name !== ''))].sort();
  };
  const running = RUNNING.includes(unit) && !masked;
  const there = fragment !== undefined || dropInPaths.length > 0 || running;
  return {
    loadState: masked ? 'masked' : there ? 'loaded' : 'not-found',
    activeState: running ? 'active' : 'inactive',
    subState: running ? 'running' : 'dead',
    unitFileState: masked ? 'masked' : running ? 'enabled' : there ? 'disabled' : 'not-found',
    fragmentPath,
    dropInPaths,
    requires: named('Requires'),
    wants: named('Wants'),
    after: named('After'),
    bindsTo: named('BindsTo'),
    partOf: named('PartOf'),
    mainPid: 0,
    restarts: 0,
  };
}

/** In the order of their names, whatever their directories; one that is a link to /dev/null hides those of its name. */
async function dropIns(host: ReadHost, files: FileReader, unit: string): Promise<readonly string[]> {
  const dirs = DIRECTORIES.map((dir) => posix.join(dir, `${unit}.d`));
  const names = [...new Set((await Promise.all(dirs.map((dir) => files.list(dir)))).flat())].sort();
  const found = await Promise.all(
    names.filter((name) => name.endsWith('.conf')).map((name) => firstOf(host, files, dirs, name)),
  );
  return found.flatMap((first) => (first === undefined || first.masked ? [] : [first.path]));
}

async function firstOf(
  host: ReadHost,
  files: FileReader,
  dirs: readonly string[],
  name: string,
): Promise<{ readonly path: string; readonly masked: boolean } | undefined> {
  for (const dir of dirs) {
    const path = posix.join(dir, name);
    if ((await host.stat(path))?.linkTarget === '/dev/null') return { path, masked: true };
    if ((await files.read(path)) !== undefined) return { path, masked: false };
  }
  return undefined;
}
