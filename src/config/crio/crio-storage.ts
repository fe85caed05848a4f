import type { TomlTable } from 'smol-toml';
import type { FileFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import type { RuntimeIntent } from '../runtime-intent.js';
import { parseToml, stringAt, tableAt } from '../text/toml-document.js';
import { crioNotice } from './crio-notice.js';
import type { CrioSources } from './crio-sources.js';

const STORAGE_CONF = '/etc/containers/storage.conf';
const DEFAULT_ROOT = '/var/lib/containers/storage';

/** Docker's drivers that containers/storage knows too; all others become overlay, which is its choice anyway. */
const DRIVERS: Readonly<Record<string, string>> = { btrfs: 'btrfs', zfs: 'zfs', vfs: 'vfs' };

/** The `[crio]` table: a store beside Docker's, on the same file system, and what of the driver's options has a meaning there. */
export function crioStorage(
  intent: RuntimeIntent,
  sources: CrioSources,
  files: Readonly<Record<string, FileFacts>>,
): { readonly table: TomlTable; readonly notices: readonly Notice[] } {
  const table: TomlTable = {};
  const notices: Notice[] = [];
  const chosen = chosenRoot(sources, files);
  if (intent.dataRoot !== undefined) {
    const root = besideDocker(intent.dataRoot);
    if (chosen === undefined || chosen.root === root) table['root'] = root;
    else {
      const message = `${chosen.path} keeps CRI-O's images and containers in ${chosen.root}, and they stay there; Docker's are in ${intent.dataRoot}`;
      notices.push(
        crioNotice('warning', message, `see that ${chosen.root} has the room, or set root to ${root} there`),
      );
    }
  }
  const driver = DRIVERS[intent.storageDriver];
  if (driver !== undefined) {
    table['storage_driver'] = driver;
    if (driver !== 'vfs') {
      const root = stringAt(table, 'root') ?? chosen?.root ?? DEFAULT_ROOT;
      const message = `CRI-O is to use the storage driver ${driver} as Docker does, for which ${root} has to be on ${driver}`;
      notices.push(crioNotice('warning', message, `see that ${root} is on ${driver}, or CRI-O does not start`));
    }
  }
  const options = storageOptions(intent);
  if (options.length > 0) table['storage_option'] = [...options];
  return { table, notices };
}

/** A sibling of Docker's directory, never the same one. */
function besideDocker(dataRoot: string): string {
  const trimmed = dataRoot.replace(/\/+$/, '');
  return `${trimmed.slice(0, Math.max(trimmed.lastIndexOf('/'), 0))}/crio/storage`;
}

function storageOptions({ storageDriver, storageOptions: options }: RuntimeIntent): readonly string[] {
  const carried = options.flatMap((option) => {
    const [, key = '', value = ''] = /^(?:overlay2?)\.([^=]+)=(.*)$/.exec(option.trim()) ?? [];
    return key === 'size' ? [`overlay.size=${value}`] : [];
  });
  return storageDriver === 'fuse-overlayfs' ? [...carried, 'overlay.mount_program=/usr/bin/fuse-overlayfs'] : carried;
}

/** Where somebody chose to have CRI-O's store; undefined for the place where everybody's is. */
function chosenRoot(
  { before, after }: CrioSources,
  files: Readonly<Record<string, FileFacts>>,
): { readonly root: string; readonly path: string } | undefined {
  const parsed = parseToml(files[STORAGE_CONF]?.exists === true ? files[STORAGE_CONF].content : '');
  const said = [
    { path: STORAGE_CONF, root: parsed.ok ? stringAt(tableAt(parsed.value, 'storage'), 'graphroot') : undefined },
    ...[...before, ...after].map(({ path, table }) => ({ path, root: stringAt(tableAt(table, 'crio'), 'root') })),
  ];
  const last = said.findLast(({ root }) => root !== undefined && root !== '');
  return last?.root === undefined || last.root === DEFAULT_ROOT ? undefined : { root: last.root, path: last.path };
}
