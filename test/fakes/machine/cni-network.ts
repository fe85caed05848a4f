import { sha256 } from '../../../src/core/digest.js';
import type { MemoryFiles } from './memory-files.js';

const LEASES = '/var/lib/cni/networks/lab';
const CACHE = '/var/lib/cni/cache/results';

/** The node's CNI: addresses by host-local's leases, and what libcni remembers of each. */
export interface CniNetwork {
  add(containerId: string, pod: { readonly namespace: string; readonly name: string }): string;
  /** What the plugins do on DEL: the lease goes, libcni's cache is its caller's. */
  del(containerId: string): void;
  forget(containerId: string): void;
  /** Ids of containers that hold an address. */
  holders(): readonly string[];
}

export function cniNetwork(files: MemoryFiles, subnet: string): CniNetwork {
  const holderOf = (address: string): string => files.text(`${LEASES}/${address}`)?.split('\r')[0] ?? '';
  const leases = (): string[] => files.list(LEASES).filter((name) => name !== 'lock');
  return {
    add(containerId, { namespace, name }) {
      const [conf] = files.list('/etc/cni/net.d').filter((file) => file.endsWith('.conflist'));
      const config = conf === undefined ? undefined : files.read(`/etc/cni/net.d/${conf}`);
      if (config === undefined) throw new Error('cni plugin not initialized');
      for (const plugin of ['bridge', 'host-local', 'loopback', 'portmap']) {
        if (files.entry(`/opt/cni/bin/${plugin}`) === undefined) {
          throw new Error(`failed to find plugin "${plugin}" in path [/opt/cni/bin]`);
        }
      }
      const taken = new Set(leases());
      let last = 2;
      while (taken.has(`${subnet}.${last}`)) last += 1;
      const free = `${subnet}.${last}`;
      if (last > 254) throw new Error(`no IP addresses available in range set: ${subnet}.1-${subnet}.254`);
      files.write(`${LEASES}/${free}`, `${containerId}\r\neth0`);
      const cached = {
        kind: 'cniCacheV1',
        containerId,
        config: config.toString('base64'),
        ifName: 'eth0',
        networkName: 'lab',
        cniArgs: [
          ['K8S_POD_NAMESPACE', namespace],
          ['K8S_POD_NAME', name],
        ],
        capabilityArgs: { portMappings: [] },
        result: { cniVersion: '0.4.0', ips: [{ address: `${free}/24`, version: '4' }] },
      };
      files.write(`${CACHE}/lab-${containerId}-eth0`, JSON.stringify(cached), { mode: 0o600 });
      return free;
    },
    del(containerId) {
      for (const address of leases()) if (holderOf(address) === containerId) files.remove(`${LEASES}/${address}`);
    },
    forget: (containerId) => void files.remove(`${CACHE}/lab-${containerId}-eth0`),
    holders: () => leases().map(holderOf),
  };
}

/** Ids as long as the real ones, the same in every run. */
export const fakeId = (...parts: readonly (string | number)[]): string => sha256(parts.join('/'));
