import type { FileFacts } from '../../core/inventory.js';
import { parseUnitFile, type UnitEntry } from '../text/unit-file.js';

/** An assignment of a unit, and the file that makes it. */
export interface PlacedEntry extends UnitEntry {
  readonly path: string;
}

/** All that a unit's files say, in the order in which systemd reads them. */
export const unitEntries = (
  paths: readonly string[],
  files: Readonly<Record<string, FileFacts>>,
): readonly PlacedEntry[] =>
  paths.flatMap((path) => parseUnitFile(files[path]?.content ?? '').map((entry) => ({ ...entry, path })));

/** Those assignments of a list that no later empty one takes back. */
export function sinceReset(entries: readonly PlacedEntry[], section: string, key: string): readonly PlacedEntry[] {
  const ofKey = entries.filter((entry) => entry.section === section && entry.key === key);
  return ofKey.slice(ofKey.findLastIndex(({ value }) => value === '') + 1);
}
