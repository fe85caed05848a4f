import { parseToml, stringAt, stringsAt, tableAt } from '../config/text/toml-document.js';
import type { ReadContext } from '../core/step.js';
import { dumpCommand, type RuntimeConfig } from './runtime-config.js';
import { withCri } from './with-cri.js';

const STORAGE_CONF = '/etc/containers/storage.conf';
const DEFAULT_RUN_ROOT = '/run/containers/storage';

/**
 * The store of the CRI-O that runs, as skopeo wants it told: `[overlay@/var/lib/containers/storage+/run/containers/storage]`.
 * Without it skopeo takes the machine's default, from which CRI-O's own configuration may differ. Root and driver are read
 * from the CRI, which tells them in one path; empty where it does not.
 */
export async function crioStore(read: ReadContext, endpoint: string, config: RuntimeConfig): Promise<string> {
  const filesystems = await withCri(read, endpoint, async (cri) => (await cri.facts()).imageFilesystems);
  const [, root, driver] = /^(\/.*)\/([a-z0-9]+)-images$/.exec(filesystems[0]?.mountPoint ?? '') ?? [];
  if (root === undefined || driver === undefined) return '';
  const argv = await dumpCommand(read.host, config);
  const own = tableIn(argv === undefined ? '' : (await read.host.query(argv)).stdout, 'crio');
  const defaults = tableIn(new TextDecoder().decode(await read.host.readFile(STORAGE_CONF)), 'storage');
  // What CRI-O leaves out of its dump is what storage.conf says.
  const runRoot = stringAt(own, 'runroot') || stringAt(defaults, 'runroot') || DEFAULT_RUN_ROOT;
  // One with a comma in it cannot be told there; those are about mounts, and nothing is mounted on the way.
  const options = stringsAt(own, 'storage_option').filter((option) => !option.includes(','));
  return `[${driver}@${root}+${runRoot}${options.length === 0 ? '' : `:${options.join(',')}`}]`;
}

function tableIn(text: string, name: string) {
  const parsed = parseToml(text);
  return parsed.ok ? tableAt(parsed.value, name) : undefined;
}
