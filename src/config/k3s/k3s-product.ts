import type { FileFacts, UnitFacts } from '../../core/inventory.js';

/** A distribution that runs kubelet and containerd in a process of its own and writes their configuration itself. */
export interface K3sProduct {
  readonly name: 'k3s' | 'rke2';
  readonly configPath: string;
  readonly registriesPath: string;
  /** Copies of certificates go below. */
  readonly certsDir: string;
  /** Where the templates of containerd's configuration are. */
  readonly containerdDir: string;
  /** `/etc/systemd/system/k3s.service`, where its installer writes it. */
  readonly unitPaths: readonly string[];
}

const product = (name: K3sProduct['name'], units: readonly string[]): K3sProduct => ({
  name,
  configPath: `/etc/rancher/${name}/config.yaml`,
  registriesPath: `/etc/rancher/${name}/registries.yaml`,
  certsDir: `/etc/rancher/${name}/certs.d`,
  containerdDir: `/var/lib/rancher/${name}/agent/etc/containerd`,
  unitPaths: units.flatMap((unit) => [`/etc/systemd/system/${unit}`, `/usr/local/lib/systemd/system/${unit}`]),
});

const PRODUCTS = [
  product('k3s', ['k3s.service', 'k3s-agent.service']),
  product('rke2', ['rke2-server.service', 'rke2-agent.service']),
] as const;

/** The product on a node, by its files or its unit. */
export function k3sProduct(
  files: Readonly<Record<string, FileFacts>>,
  unit: UnitFacts | undefined,
): K3sProduct | undefined {
  const isThere = (path: string): boolean => files[path]?.exists === true;
  return PRODUCTS.find(
    ({ name, configPath, unitPaths }) =>
      isThere(configPath) ||
      unitPaths.some(isThere) ||
      Object.keys(files).some((path) => path.startsWith(`/etc/rancher/${name}/`) && isThere(path)) ||
      new RegExp(`/${name}(?:-server|-agent)?\\.service$`).test(unit?.fragmentPath ?? ''),
  );
}
