import { normalHostPath } from './host-path.js';
import { podKey } from './pod-views-key.js';
import { isMapping, type Mapping } from './mapping.js';
import { textOf } from './text-of.js';
import type { Path } from './place.js';
import type { ContainerView, EnvView, MountView, VolumeView } from './views.js';

/** One entry of `volumeMounts` in any dialect. */
export interface MountEntry {
  readonly name: string;
  readonly mountPath: string;
  readonly value: Mapping;
  readonly path: Path;
}

/** All that a container, or a mapping with mounts of its own, mounts. */
export function mountEntries(holder: Mapping, path: Path): MountEntry[] {
  const entries: MountEntry[] = [];
  for (const key of Object.keys(holder)) {
    const role = podKey(key);
    // Drone's steps mount under `volumes`.
    if (role === 'mounts' || key === 'volumes') addMounts(entries, holder[key], [...path, key]);
  }
  return entries;
}

/** Those of the value under such a key: a list, one alone, or a mapping by name. */
export function addMounts(entries: MountEntry[], value: unknown, path: Path): void {
  if (Array.isArray(value)) {
    value.forEach((entry: unknown, index) => {
      if (isMapping(entry) && entry.$patch !== 'delete') addMount(entries, entry, '', [...path, index]);
    });
  } else if (isMapping(value)) {
    if (addMount(entries, value, '', path)) return;
    for (const [name, entry] of Object.entries(value)) {
      if (isMapping(entry)) addMount(entries, entry, name, [...path, name]);
    }
  }
}

function addMount(entries: MountEntry[], value: Mapping, name: string, path: Path): boolean {
  const mountPath = textOf(value.mountPath ?? value.mount_path ?? value.path);
  if (mountPath === '') return false;
  entries.push({ name: textOf(value.name) || name, mountPath, value, path });
  return true;
}

/** Joined with its volume, which is a hostPath. */
export function mountView(entry: MountEntry, volume: VolumeView, container: ContainerView | undefined): MountView {
  const { value, path } = entry;
  const plainKey = ['subPath', 'sub_path'].find((key) => typeof value[key] === 'string' && value[key] !== '');
  const exprKey = ['subPathExpr', 'sub_path_expr'].find((key) => typeof value[key] === 'string' && value[key] !== '');
  const subPath =
    plainKey !== undefined
      ? textOf(value[plainKey])
      : exprKey !== undefined
        ? expand(textOf(value[exprKey]), container?.env ?? [])
        : undefined;
  const base = volume.hostPath?.written ?? '';
  const mountKey = ['mountPath', 'mount_path', 'path'].find((key) => typeof value[key] === 'string') ?? 'mountPath';
  return {
    container,
    volume,
    mountPath: entry.mountPath,
    readOnly: (value.readOnly ?? value.read_only) === true,
    subPath,
    hostPath: subPath === undefined ? (volume.hostPath?.normal ?? '') : normalHostPath(`${base}/${subPath}`),
    path: [...path, plainKey ?? exprKey ?? mountKey],
  };
}

/** `$(NAME)` by the container's own env; undefined when one of them is not told there. */
function expand(expression: string, env: readonly EnvView[]): string | undefined {
  let known = true;
  const text = expression.replace(/\$\$|\$\(([^()]*)\)/g, (whole, name: string | undefined) => {
    if (name === undefined) return '$';
    const value = env.findLast((one) => one.name === name)?.value;
    if (value === undefined || value.includes('$(')) known = false;
    return value ?? whole;
  });
  return known ? text : undefined;
}
