import type { TomlTable, TomlValue } from 'smol-toml';
import type { RegistryHosts } from './registry-hosts.js';
import { hostSettings, hostTable } from './hosts-toml.js';
import { parseToml, stringAt, tableAt } from '../text/toml-document.js';
import { editToml } from '../text/toml-edit.js';
import { setToml } from '../text/set-toml.js';
import { tomlEqual } from '../text/toml-equal.js';

export interface MergedHosts {
  readonly content: string;
  /** What the file says otherwise: fit to follow "has". */
  readonly contradictions: readonly string[];
}

/**
 * An administrator's `hosts.toml` with what Docker's settings add to it: settings it does not have, and hosts after its
 * own. What it says otherwise stays. Undefined where its tables are written so that nothing can be added.
 */
export function mergeHostsToml(text: string, wanted: RegistryHosts): MergedHosts | undefined {
  const parsed = parseToml(text);
  if (!parsed.ok) return undefined;
  const contradictions: string[] = [];
  const server = stringAt(parsed.value, 'server');
  if (server !== undefined && wanted.server !== undefined && !sameServer(server, wanted.server)) {
    contradictions.push(`server = "${server}"`);
  }
  let table: TomlTable = parsed.value;
  const added: string[] = [];
  for (const host of wanted.hosts) {
    const name = Object.keys(tableAt(table, 'host') ?? {}).find((url) => url.replace(/\/+$/, '') === host.url);
    const there = name === undefined ? undefined : tableAt(table, 'host', name);
    if (name === undefined || there === undefined) {
      added.push(hostTable(host));
      continue;
    }
    for (const [key, value] of hostSettings(host)) {
      // Without any, containerd takes a host to be capable of everything.
      if (key === 'capabilities' && there[key] === undefined) continue;
      const merged = mergedSetting(key, there[key], value);
      if (merged === undefined) contradictions.push(`another ${key} for ${name}`);
      else if (merged !== there[key]) table = setToml(table, ['host', name, key], merged);
    }
  }
  const edited = editToml(text, table, { keyQuote: '"', order: 'last' });
  if (edited === undefined) return undefined;
  if (added.length === 0) return { content: edited, contradictions };
  const start = edited.trim() === '' ? '' : `${edited.trimEnd()}\n\n`;
  const content = start + added.join('\n');
  return parseToml(content).ok ? { content, contradictions } : undefined;
}

/** The value to have, or undefined where the two exclude each other. */
function mergedSetting(key: string, old: TomlValue | undefined, wanted: TomlValue): TomlValue | undefined {
  if (old === undefined) return wanted;
  if (tomlEqual(old, wanted)) return old;
  if (key === 'ca') return union(typeof old === 'string' ? [old] : old, wanted);
  if (key === 'client') return union(pairsOf(old), wanted);
  if (key === 'capabilities' && Array.isArray(old) && Array.isArray(wanted)) {
    return wanted.every((one) => one === 'push' || old.includes(one)) ? old : undefined;
  }
  return undefined;
}
/** A client's certificate may be a file with its key in it; all of a list have to be written alike. */
const pairsOf = (client: TomlValue): TomlValue =>
  (Array.isArray(client) ? client : [client]).map((one) => (typeof one === 'string' ? [one, ''] : one));

function union(old: TomlValue, wanted: TomlValue): TomlValue | undefined {
  if (!Array.isArray(old) || !Array.isArray(wanted)) return undefined;
  const missing = wanted.filter((one) => !old.some((other) => tomlEqual(one, other)));
  return missing.length === 0 ? old : [...old, ...missing];
}

/** Docker Hub goes by several names. */
function sameServer(a: string, b: string): boolean {
  const name = (url: string): string =>
    url.replace(/\/+$/, '').replace(/^https:\/\/(?:registry-1\.|index\.)?docker\.io(?:\/v\d)?$/, 'docker.io');
  return name(a) === name(b);
}
