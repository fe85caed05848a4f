import type { GeneratedFile } from '../../core/conversion.js';
import type { FileFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import { maskSecrets } from '../../core/secret-markers.js';
import type { ProxyVariable } from '../runtime-intent.js';
import { notWhole } from '../whole-file.js';
import { environmentLine } from './environment-line.js';
import { readLater } from './read-later.js';
import type { PlacedEntry } from './unit-entries.js';
import { unitEnvironmentValues } from './unit-environment-values.js';

interface ProxyDropInInput {
  readonly proxies: readonly ProxyVariable[];
  readonly path: string;
  /** Of the runtime's unit as it is, a drop-in at the path included. */
  readonly entries: readonly PlacedEntry[];
  readonly files: Readonly<Record<string, FileFacts>>;
}

interface Part {
  readonly files: readonly GeneratedFile[];
  readonly notices: readonly Notice[];
}

/** The proxies as variables of the runtime's service; those that an administrator gave it already are kept. */
export function proxyDropIn({ proxies, path, entries, files }: ProxyDropInInput): Part {
  const there = unitEnvironmentValues(entries, files).values;
  const notices: Notice[] = [];
  const wanted = proxies.filter(({ name, value }) => {
    const found = there.find((other) => other.name === name);
    // Two passwords cannot be told apart here; the one that is there is the administrator's.
    if (found === undefined) return true;
    if (maskSecrets(found.value) === maskSecrets(value)) return false;
    const stays = found.path === path || readLater(found.path, path);
    notices.push(otherProxy(name, found, stays));
    return !stays;
  });
  if (wanted.length === 0) return { files: [], notices };
  const existing = files[path];
  if (existing?.exists === true && !existing.whole) {
    return { files: [], notices: [...notices, { gate: 'runtime-service', ...notWhole(path) }] };
  }
  const lines = wanted.map(({ name, value }) => `${environmentLine(name, value)}\n`).join('');
  const before = existing?.exists === true ? existing.content : '';
  const content =
    before === '' ? `[Service]\n${lines}` : `${before.replace(/\n*$/, '\n')}${headerFor(entries, path)}${lines}`;
  // A marker stands where there is a password.
  const hasSecret = maskSecrets(content) !== content;
  const mode = hasSecret ? 0o600 : before === '' ? 0o644 : (existing?.mode ?? 0o644);
  const why = 'images are pulled through the proxies that Docker has';
  return { files: [{ group: 'runtime', path, mode, content, why }], notices };
}

/** The lines can stand at the end of the file where that is the section they belong to. */
const headerFor = (entries: readonly PlacedEntry[], path: string): string =>
  entries.findLast((entry) => entry.path === path)?.section === 'Service' ? '' : '[Service]\n';

const otherProxy = (name: string, found: { readonly path: string; readonly line: number }, stays: boolean): Notice => ({
  gate: 'runtime-service',
  level: 'warning',
  message: stays
    ? `${found.path}, line ${found.line}, gives the runtime another ${name} than Docker has, which stays`
    : `${found.path}, line ${found.line}, gives the runtime another ${name} than Docker has, which takes its place`,
  fix: stays
    ? 'see that images can be pulled through it'
    : `remove ${name} there, or from Docker's unit if it is not wanted`,
});
