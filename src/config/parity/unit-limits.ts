import type { FileFacts, UnitFacts } from '../../core/inventory.js';
import { parseUnitFile } from '../text/unit-file.js';

/**
 * `LimitNOFILE` and its like as a unit and its drop-ins set them, the last one that counts; undefined for a unit that is
 * not there. An empty value takes nothing back: systemd 252 leaves the limit as it was.
 */
export function unitLimits(
  unit: UnitFacts | undefined,
  files: Readonly<Record<string, FileFacts>>,
): Readonly<Record<string, string>> | undefined {
  if (unit === undefined || unit.loadState !== 'loaded') return undefined;
  const entries = [unit.fragmentPath, ...unit.dropInPaths].flatMap((path) => parseUnitFile(files[path]?.content ?? ''));
  return Object.fromEntries(
    entries
      .filter(({ section, key, value }) => section === 'Service' && key.startsWith('Limit') && value !== '')
      .map(({ key, value }) => [key, value]),
  );
}
