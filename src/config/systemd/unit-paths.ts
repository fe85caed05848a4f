import type { FileFacts, UnitFacts } from '../../core/inventory.js';

/** systemd's directories, what counts most first. */
const DIRECTORIES = ['/etc/systemd/system', '/run/systemd/system', '/usr/lib/systemd/system', '/lib/systemd/system'];

/**
 * The files that make up a unit, in the order in which systemd reads them: as systemd tells them, or where it was not asked,
 * as it would find them among the files.
 */
export function unitPaths(
  name: string,
  files: Readonly<Record<string, FileFacts>>,
  unit: UnitFacts | undefined,
): readonly string[] {
  if (unit !== undefined) return unit.fragmentPath === '' ? unit.dropInPaths : [unit.fragmentPath, ...unit.dropInPaths];
  const exists = (path: string): boolean => files[path]?.exists === true;
  const fragment = DIRECTORIES.map((directory) => `${directory}/${name}`).find(exists);
  // Of drop-ins with one name that of the first directory counts.
  const dropIns = new Map<string, string>();
  for (const directory of DIRECTORIES) {
    const prefix = `${directory}/${name}.d/`;
    for (const path of Object.keys(files)) {
      const file = path.startsWith(prefix) ? path.slice(prefix.length) : '';
      if (/^[^/]+\.conf$/.test(file) && exists(path) && !dropIns.has(file)) dropIns.set(file, path);
    }
  }
  const ordered = [...dropIns].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
  return fragment === undefined ? ordered : [fragment, ...ordered];
}
