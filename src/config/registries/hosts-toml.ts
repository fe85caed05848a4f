import type { TomlValue } from 'smol-toml';
import type { RegistryHost, RegistryHosts } from './registry-hosts.js';
import { tomlValue } from '../text/toml-text.js';

const STYLE = { keyQuote: '"' } as const;

/** A `hosts.toml`: hosts in their order, which containerd takes from the file. */
export function hostsToml({ server, hosts }: RegistryHosts): string {
  const head = server === undefined ? [] : [`server = ${tomlValue(server, STYLE)}\n`];
  return [...head, ...hosts.map(hostTable)].join('\n');
}

export function hostTable(host: RegistryHost): string {
  const lines = hostSettings(host).map(([key, value]) => `  ${key} = ${tomlValue(value, STYLE)}\n`);
  return `[host.${tomlValue(host.url, STYLE)}]\n${lines.join('')}`;
}

/** As containerd's documentation orders them; only those that are not its defaults. */
export function hostSettings(host: RegistryHost): readonly (readonly [key: string, value: TomlValue])[] {
  const { capabilities, ca, client, skipVerify, overridePath } = host;
  const settings: readonly (readonly [key: string, value: TomlValue, isSet: boolean])[] = [
    ['capabilities', [...capabilities], true],
    ['ca', [...ca], ca.length > 0],
    ['client', client.map((pair) => [...pair]), client.length > 0],
    ['skip_verify', true, skipVerify],
    ['override_path', true, overridePath],
  ];
  return settings.filter(([, , isSet]) => isSet).map(([key, value]) => [key, value]);
}
