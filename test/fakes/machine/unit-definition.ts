import { posix } from 'node:path';
import type { MemoryFiles } from './memory-files.js';

/** What systemd makes of a unit's file and its drop-ins. */
export interface UnitDefinition {
  readonly name: string;
  readonly loadState: 'loaded' | 'masked' | 'not-found';
  readonly fragmentPath: string;
  readonly dropInPaths: readonly string[];
  /** Every setting in order, as `Section.Key`. */
  readonly settings: readonly (readonly [key: string, value: string])[];
}

const DIRECTORIES = ['/etc/systemd/system', '/run/systemd/system', '/lib/systemd/system'];

export function loadUnit(files: MemoryFiles, name: string): UnitDefinition {
  const fragmentPath = DIRECTORIES.map((dir) => `${dir}/${name}`).find(
    (path) => files.entry(path, false) !== undefined,
  );
  if (fragmentPath === undefined)
    return { name, loadState: 'not-found', fragmentPath: '', dropInPaths: [], settings: [] };
  if (files.resolve(fragmentPath, true) === '/dev/null') {
    return { name, loadState: 'masked', fragmentPath, dropInPaths: [], settings: [] };
  }
  const byName = new Map<string, string>();
  for (const dir of DIRECTORIES.toReversed()) {
    for (const file of files.list(`${dir}/${name}.d`).filter((one) => one.endsWith('.conf'))) {
      byName.set(file, `${dir}/${name}.d/${file}`);
    }
  }
  const dropInPaths = [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
  const settings = [fragmentPath, ...dropInPaths].flatMap((path) => settingsIn(files.text(path) ?? ''));
  return { name, loadState: 'loaded', fragmentPath, dropInPaths, settings };
}

/** A unit's text is read over and over, and seldom changes. */
const known = new Map<string, readonly (readonly [string, string])[]>();

function settingsIn(text: string): readonly (readonly [string, string])[] {
  const settings = known.get(text) ?? parsed(text);
  known.set(text, settings);
  return settings;
}

function parsed(text: string): readonly (readonly [string, string])[] {
  const settings: (readonly [string, string])[] = [];
  let section = '';
  for (const line of text.replace(/\\\n\s*/g, ' ').split('\n')) {
    const header = /^\[(.+)\]\s*$/.exec(line);
    if (header !== null) section = header[1] ?? '';
    else if (!/^\s*[#;]/.test(line) && line.includes('=')) {
      const equals = line.indexOf('=');
      settings.push([`${section}.${line.slice(0, equals).trim()}`, line.slice(equals + 1).trim()]);
    }
  }
  return settings;
}

/** A list such as `Requires=`; an empty assignment takes back what came before it. */
export function listSetting({ settings }: UnitDefinition, ...keys: string[]): string[] {
  let values: string[] = [];
  for (const [key, value] of settings) {
    if (!keys.includes(key)) continue;
    if (value === '') values = [];
    else values.push(...value.split(/\s+/));
  }
  return values;
}

export const lastSetting = ({ settings }: UnitDefinition, key: string): string | undefined =>
  settings.findLast(([name]) => name === key)?.[1];

/** Where `enable` puts its links. */
export const wantedBy = (unit: UnitDefinition): string[] =>
  listSetting(unit, 'Install.WantedBy').map((target) =>
    posix.join('/etc/systemd/system', `${target}.wants`, unit.name),
  );
