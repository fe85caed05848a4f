import type { FileFacts } from '../../core/inventory.js';
import type { RuntimeTarget, ServiceDirective } from '../runtime-intent.js';
import type { PlacedEntry } from '../systemd/unit-entries.js';
import { parseUnitFile } from '../text/unit-file.js';

const RUNTIME_UNIT = /\/systemd\/system\/containerd\.service(?:\.d\/[^/]+\.conf)?$/;

/**
 * The number of open files that Docker's package gives dockerd, where containerd's own unit says none: that of containerd 2.0
 * and later leaves it to systemd, whose 1024 is too little for what containers are used to.
 */
export function inheritedLimits(
  entries: readonly PlacedEntry[],
  files: Readonly<Record<string, FileFacts>>,
  { kind, version }: RuntimeTarget,
): readonly ServiceDirective[] {
  if (kind !== 'containerd' || version.major < 2) return [];
  const units = Object.entries(files).filter(([path, { exists }]) => exists && RUNTIME_UNIT.test(path));
  const isLimit = ({ section, key }: { section: string; key: string }): boolean =>
    section === 'Service' && key === 'LimitNOFILE';
  if (units.length === 0 || units.some(([, { content }]) => parseUnitFile(content).some(isLimit))) return [];
  const limit = entries.findLast((entry) => isLimit(entry) && entry.value !== '');
  return limit === undefined ? [] : [{ section: 'Service', key: 'LimitNOFILE', value: limit.value }];
}
