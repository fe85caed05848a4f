import type { FileFacts } from '../../core/inventory.js';
import { parseUnitFile } from '../text/unit-file.js';

/** The OOM score that systemd gives containerd, where its unit and the drop-ins were read and say one. */
export function unitOomScore(files: Readonly<Record<string, FileFacts>>): number | undefined {
  const written = Object.keys(files)
    .filter((path) => /\/containerd\.service(?:\.d\/[^/]+\.conf)?$/.test(path))
    // Drop-ins come after their unit, by their names.
    .sort((a, b) => Number(a.endsWith('.conf')) - Number(b.endsWith('.conf')) || (a < b ? -1 : 1))
    .flatMap((path) => parseUnitFile(files[path]?.content ?? ''))
    .findLast(({ section, key }) => section === 'Service' && key === 'OOMScoreAdjust');
  return written !== undefined && /^-?\d+$/.test(written.value) ? Number(written.value) : undefined;
}
