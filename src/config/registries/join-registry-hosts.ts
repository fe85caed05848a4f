import type { RegistryHost, RegistryHosts } from './registry-hosts.js';

/** Two descriptions of registries as one, the hosts of the first before those that only the second has. */
export function joinRegistryHosts(
  first: readonly RegistryHosts[],
  second: readonly RegistryHosts[],
): readonly RegistryHosts[] {
  const names = [...new Set([...first, ...second].map(({ registry }) => registry))].sort();
  return names.flatMap((name) => {
    const both = [...first, ...second].filter(({ registry }) => registry === name);
    const urls = [...new Set(both.flatMap(({ hosts }) => hosts.map(({ url }) => url)))];
    const hosts = urls.map((url) => joined(both.flatMap((one) => one.hosts.filter((host) => host.url === url))));
    return [{ registry: name, server: both.find(({ server }) => server !== undefined)?.server, hosts: hosts.flat() }];
  });
}

function joined(hosts: readonly RegistryHost[]): readonly RegistryHost[] {
  const [first, ...rest] = hosts;
  if (first === undefined) return [];
  return [
    rest.reduce(
      (a, b): RegistryHost => ({
        url: a.url,
        capabilities: [...new Set([...a.capabilities, ...b.capabilities])],
        ca: [...new Set([...a.ca, ...b.ca])],
        client: [...a.client, ...b.client.filter(([cert]) => !a.client.some(([other]) => other === cert))],
        skipVerify: a.skipVerify || b.skipVerify,
        overridePath: a.overridePath || b.overridePath,
      }),
      first,
    ),
  ];
}
