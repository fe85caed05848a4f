import type { TomlTable } from 'smol-toml';
import { hostOf, type RegistryHost, type RegistryHosts } from './registry-hosts.js';
import { stringAt, stringsAt, tableAt } from '../text/toml-document.js';
import { setToml } from '../text/set-toml.js';
import { isTable } from '../text/toml-text.js';

/** Whether the `registry` table holds what excludes `config_path`: of `configs` only TLS settings do. */
export const hasLegacyRegistries = (registry: TomlTable | undefined): boolean =>
  Object.keys(tableAt(registry, 'mirrors') ?? {}).length > 0 ||
  Object.keys(tableAt(registry, 'configs') ?? {}).some((host) => tlsOf(registry, host) !== undefined);

/** The old style of `registry.mirrors` and `registry.configs`, as it would be in `hosts.toml` files. */
export function hostsOfLegacy(registry: TomlTable | undefined): readonly RegistryHosts[] {
  const mirrors = tableAt(registry, 'mirrors') ?? {};
  const endpointsOf = (name: string): readonly string[] => stringsAt(tableAt(mirrors, name), 'endpoint');
  const everywhere = endpointsOf('*');
  const withTls = Object.keys(tableAt(registry, 'configs') ?? {}).filter(
    (host) => tlsOf(registry, host) !== undefined && !(host in mirrors),
  );
  return [
    ...Object.keys(mirrors).map((name): RegistryHosts => ({
      registry: name === '*' ? '_default' : name,
      server: undefined,
      hosts: withoutItself(
        name,
        endpointsOf(name).map((url) => legacyHost(registry, url, PULL)),
      ),
    })),
    // A directory of its own keeps a registry from what is said of all.
    ...withTls.map((name): RegistryHosts => ({
      registry: name,
      server: undefined,
      hosts: [
        ...everywhere.map((url) => legacyHost(registry, url, PULL)),
        legacyHost(registry, `https://${name}`, [...PULL, 'push']),
      ],
    })),
  ].filter(({ hosts }) => hosts.length > 0);
}

const PULL = ['pull', 'resolve'];

/** The registry itself is asked last anyway, and behind mirrors that are added. */
function withoutItself(name: string, hosts: readonly RegistryHost[]): readonly RegistryHost[] {
  const last = hosts.at(-1);
  const itself = `https://${name === 'docker.io' ? 'registry-1.docker.io' : name}`;
  const isBare = last?.url === itself && !last.skipVerify && last.ca.length + last.client.length === 0;
  return isBare && hosts.length > 1 ? hosts.slice(0, -1) : hosts;
}

const tlsOf = (registry: TomlTable | undefined, host: string): TomlTable | undefined => {
  const tls = tableAt(registry, 'configs', host, 'tls');
  return tls === undefined || Object.values(tls).every((value) => value === '' || value === false) ? undefined : tls;
};

/** An endpoint's path is the whole of it in the old style, `/v2` included. */
function legacyHost(registry: TomlTable | undefined, endpoint: string, capabilities: readonly string[]): RegistryHost {
  const url = endpoint.replace(/\/+$/, '').replace(/^(https?:\/\/[^/]+)\/v2$/, '$1');
  const tls = url.startsWith('https://') ? tlsOf(registry, hostOf(url)) : undefined;
  const ca = stringAt(tls, 'ca_file') ?? '';
  const cert = stringAt(tls, 'cert_file') ?? '';
  const key = stringAt(tls, 'key_file') ?? '';
  return {
    url,
    capabilities,
    ca: ca === '' ? [] : [ca],
    client: cert === '' || key === '' ? [] : [[cert, key]],
    skipVerify: tls?.['insecure_skip_verify'] === true,
    overridePath: /^https?:\/\/[^/]+\/./.test(url),
  };
}

/** The `registry` table without its old style; credentials may stay beside `config_path`. */
export function withoutLegacy(registry: TomlTable): TomlTable {
  let result = setToml(registry, ['mirrors'], undefined);
  for (const host of Object.keys(tableAt(registry, 'configs') ?? {})) {
    result = setToml(result, ['configs', host, 'tls'], undefined);
    const left = tableAt(result, 'configs', host);
    if (left !== undefined && Object.keys(left).length === 0) result = setToml(result, ['configs', host], undefined);
  }
  const configs = result['configs'];
  return isTable(configs) && Object.keys(configs).length === 0 ? setToml(result, ['configs'], undefined) : result;
}

/** The hosts in the old style, on top of what is there. A registry has one file of authorities there, and one client certificate. */
export function legacyOfHosts(registry: TomlTable, registries: readonly RegistryHosts[]): TomlTable {
  let result = registry;
  for (const { registry: name, server, hosts } of registries) {
    const endpoint = ['mirrors', name === '_default' ? '*' : name, 'endpoint'];
    const old = stringsAt(tableAt(result, ...endpoint.slice(0, 2)), 'endpoint');
    const urls = [...hosts.map(({ url }) => url), ...(server === undefined ? [] : [server])];
    const onlyItself = old.length === 0 && urls.every((url) => url === server);
    if (!onlyItself) result = setToml(result, endpoint, [...new Set([...old, ...urls])]);
    for (const { url, ca, client, skipVerify } of hosts) {
      const tls = ['configs', hostOf(url), 'tls'];
      const [first] = ca;
      const [pair] = client;
      if (first !== undefined) result = setToml(result, [...tls, 'ca_file'], first);
      if (pair !== undefined) {
        result = setToml(setToml(result, [...tls, 'cert_file'], pair[0]), [...tls, 'key_file'], pair[1]);
      }
      if (skipVerify) result = setToml(result, [...tls, 'insecure_skip_verify'], true);
    }
  }
  return result;
}
