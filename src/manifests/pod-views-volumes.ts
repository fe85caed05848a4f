import { normalHostPath } from './host-path.js';
import { isMapping, type Mapping } from './mapping.js';
import { textOf } from './text-of.js';
import type { Path } from './place.js';
import type { HostPath, VolumeView } from './views.js';

/** A volume, and the mount that some dialects write into it. */
export interface VolumeEntry {
  readonly volume: VolumeView;
  readonly mount?: { readonly mountPath: string; readonly readOnly: boolean; readonly path: Path };
}

/**
 * The volumes under a key: a list, a mapping by name, one alone (Terraform), or kinds of volumes (GitLab's runner). `binds`:
 * strings as Docker takes them are volumes, too.
 */
export function volumeEntries(value: unknown, path: Path, binds = false): readonly VolumeEntry[] {
  if (Array.isArray(value)) {
    return value.flatMap((entry: unknown, index) => {
      if (typeof entry === 'string') return !binds ? [] : bind(entry, [...path, index]);
      return isMapping(entry) && entry.$patch !== 'delete' ? entryOf(entry, '', [...path, index]) : [];
    });
  }
  if (!isMapping(value)) return [];
  if (typeof value.name === 'string' || isHostPathMapping(value)) return entryOf(value, '', path);
  return Object.entries(value).flatMap(([key, entry]) => {
    if (isMapping(entry)) return entryOf(entry, key, [...path, key]);
    if ((key === 'host_path' || key === 'hostPath') && Array.isArray(entry))
      return entry.flatMap((one: unknown, index) => (isMapping(one) ? ofRunner(one, [...path, key, index]) : []));
    return [];
  });
}

/** Without a path of the host GitLab's runner takes the mount's: https://docs.gitlab.com/runner/executors/kubernetes/ */
function ofRunner(entry: Mapping, path: Path): VolumeEntry[] {
  const { host_path: host = entry.hostPath, mount_path: mountPath } = entry;
  if (host !== undefined || typeof mountPath !== 'string') return entryOf(entry, '', path);
  const at = [...path, 'mount_path'];
  const hostPath: HostPath = { written: mountPath, normal: normalHostPath(mountPath), type: '' };
  const volume = { name: textOf(entry.name), hostPath, sourceKind: 'hostPath', path: at };
  return [{ volume, mount: { mountPath, readOnly: entry.read_only === true, path: at } }];
}

/** A volume without a name, not a mapping of volumes of which one is called so. */
function isHostPathMapping({ hostPath }: Mapping): boolean {
  return isMapping(hostPath) && typeof hostPath.path === 'string';
}

/** What a mapping holds if it is a volume; `name` is the key it stands under. */
export function entryOf(entry: Mapping, name: string, path: Path): VolumeEntry[] {
  for (const key of HOST_PATH_KEYS) {
    if (entry[key] === undefined) continue;
    const found = hostPathOf(entry[key], [...path, key]);
    if (found === undefined) continue;
    const type = found.type || textOf(entry.pathType) || textOf(entry.hostPathType) || textOf(entry.type);
    const hostPath: HostPath = { written: found.written, normal: normalHostPath(found.written), type };
    const volume = { name: textOf(entry.name) || name, hostPath, sourceKind: 'hostPath', path: found.path };
    const mounted = key === 'hostPathVolume' && isMapping(entry[key]) ? entry[key] : entry;
    const mountKey = ['mountPath', 'mount_path', 'containerPath'].find((one) => typeof mounted[one] === 'string');
    if (mountKey === undefined) return [{ volume }];
    const mountPath = textOf(mounted[mountKey]);
    const readOnly = (mounted.readOnly ?? mounted.read_only) === true;
    const inner = mounted === entry ? path : [...path, key];
    return [{ volume, mount: { mountPath, readOnly, path: [...inner, mountKey] } }];
  }
  const sourceKind = Object.keys(entry).find(
    (key) => key !== 'name' && (isMapping(entry[key]) || Array.isArray(entry[key])),
  );
  return [{ volume: { name: textOf(entry.name) || name, hostPath: undefined, sourceKind: sourceKind ?? '', path } }];
}

/** `host` is Drone's, `hostPathVolume` that of Jenkins. */
const HOST_PATH_KEYS = ['hostPath', 'host_path', 'hostPathVolume', 'host'];

function hostPathOf(value: unknown, path: Path): { written: string; type: string; path: Path } | undefined {
  if (typeof value === 'string') return looksLikePath(value) ? { written: value, type: '', path } : undefined;
  if (Array.isArray(value)) return hostPathOf(value[0], [...path, 0]);
  if (!isMapping(value)) return undefined;
  const key = typeof value.path === 'string' ? 'path' : 'hostPath';
  const written = value[key];
  return typeof written === 'string' ? { written, type: textOf(value.type), path: [...path, key] } : undefined;
}

function looksLikePath(text: string): boolean {
  return /^(?:[/\\]|[a-zA-Z]:[\\/]|unix:|npipe:)/.test(text);
}

/** `/var/run/docker.sock:/var/run/docker.sock:ro`, as Drone and Woodpecker take them from Docker. */
function bind(text: string, path: Path): VolumeEntry[] {
  const [written = '', mountPath = '', mode = ''] = text.split(':');
  if (!written.startsWith('/') || !mountPath.startsWith('/')) return [];
  const hostPath: HostPath = { written, normal: normalHostPath(written), type: '' };
  return [
    {
      volume: { name: '', hostPath, sourceKind: 'hostPath', path },
      mount: { mountPath, readOnly: mode.split(',').includes('ro'), path },
    },
  ];
}
