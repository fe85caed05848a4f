import type { UnitFacts } from '../core/inventory.js';
import type { FileReader } from './file-reader.js';
import { parseFlags } from './parse-flags.js';

/** Docker's configuration file, as the dockerd that runs was told. */
export async function daemonJsonPath(files: FileReader, unit: UnitFacts): Promise<string> {
  const cmdline = unit.mainPid > 0 ? await files.text(`/proc/${unit.mainPid}/cmdline`) : undefined;
  return (
    parseFlags((cmdline ?? '').split('\0').filter((word) => word !== ''))['config-file'] ?? '/etc/docker/daemon.json'
  );
}
