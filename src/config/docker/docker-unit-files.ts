import type { FileFacts, UnitFacts } from '../../core/inventory.js';
import { unitPaths } from '../systemd/unit-paths.js';

/** The files that make up docker.service, in the order in which systemd reads them. */
export const dockerUnitFiles = (
  files: Readonly<Record<string, FileFacts>>,
  unit: UnitFacts | undefined,
): readonly string[] => unitPaths('docker.service', files, unit);
