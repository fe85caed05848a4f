import type { GeneratedFile } from '../../core/conversion.js';
import type { FileFacts } from '../../core/inventory.js';
import type { HandlerIntent, RuntimeIntent, RuntimeTarget } from '../runtime-intent.js';
import type { K3sProduct } from './k3s-product.js';

const BASE = '{{ template "base" . }}\n';

/** k3s finds the binaries of these by itself; a second table of the same name keeps its containerd from starting. */
const FOUND_BY_ITSELF: ReadonlySet<string> = new Set(['nvidia', 'nvidia-experimental', 'nvidia-cdi', 'crun']);

export const foundByItself = ({ name }: HandlerIntent): boolean => FOUND_BY_ITSELF.has(name);

/**
 * The template from which k3s makes containerd's configuration at each start, with Docker's further runtimes; undefined where
 * there are none. `{{ template "base" . }}` is known from k3s 1.24.17, 1.25.13, 1.26.8, 1.27.5 and 1.28.1 on.
 */
export function k3sHandlers(
  { containerdDir, name }: K3sProduct,
  { handlers, cgroupDriver }: Pick<RuntimeIntent, 'handlers' | 'cgroupDriver'>,
  files: Readonly<Record<string, FileFacts>>,
  { version }: RuntimeTarget,
): GeneratedFile | undefined {
  const isSplit = version.major >= 2;
  const path = `${containerdDir}/${isSplit ? 'config-v3.toml.tmpl' : 'config.toml.tmpl'}`;
  const existing = files[path]?.exists === true ? files[path] : undefined;
  const text = existing?.content ?? BASE;
  const tables = handlers
    .filter((handler) => !foundByItself(handler))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((handler) => ({ handler, table: tableOf(handler.name, isSplit) }))
    .filter(({ table }) => !text.includes(`[${table}]`));
  if (tables.length === 0) return undefined;
  const added = tables.map(({ handler, table }) => handlerText(handler, table, cgroupDriver === 'systemd'));
  const content = [text.endsWith('\n') ? text : `${text}\n`, ...added].join('\n');
  const why = `the handlers that were Docker's runtimes; ${name} makes containerd's configuration from it`;
  return { group: 'runtime', path, mode: existing?.mode ?? 0o644, content, why };
}

const tableOf = (name: string, isSplit: boolean): string =>
  isSplit
    ? `plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.'${name}'`
    : `plugins."io.containerd.grpc.v1.cri".containerd.runtimes."${name}"`;

const SHIMS: Readonly<Record<string, string>> = { runsc: 'io.containerd.runsc.v1', kata: 'io.containerd.kata.v2' };

function handlerText({ name, path, type }: HandlerIntent, table: string, systemd: boolean): string {
  const shim = SHIMS[name];
  const runtimeType = type ?? shim ?? 'io.containerd.runc.v2';
  const head = `[${table}]\n  runtime_type = ${JSON.stringify(runtimeType)}\n`;
  if (runtimeType !== 'io.containerd.runc.v2') return head;
  const binary = path === undefined ? '' : `  BinaryName = ${JSON.stringify(path)}\n`;
  return `${head}\n[${table}.options]\n${binary}  SystemdCgroup = ${systemd}\n`;
}
