import { parseUnitFile } from '../../config/text/unit-file.js';
import type { FileFacts, UnitFacts } from '../../core/inventory.js';

/** `LimitNOFILE` and its like as a unit and its drop-ins set them, the last one that counts; undefined for a unit that is not there. */
export function unitLimits(
  unit: UnitFacts | undefined,
  files: Readonly<Record<string, FileFacts>>,
): Readonly<Record<string, string>> | undefined {
  if (unit === undefined || unit.loadState !== 'loaded') return undefined;
  const entries = [unit.fragmentPath, ...unit.dropInPaths].flatMap((path) => parseUnitFile(files[path]?.content ?? ''));
  return Object.fromEntries(
    entries
      .filter(({ section, key }) => section === 'Service' && key.startsWith('Limit'))
      .map(({ key, value }) => [key, value]),
  );
}
