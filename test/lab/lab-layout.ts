import path from 'node:path';

export const LAB_HOME = '/var/lib/dockershim-migrate-lab';

export interface LabLayout {
  readonly id: number;
  readonly dir: string;
  readonly logDir: string;
  readonly pkiDir: string;
  readonly nodesDir: string;
  readonly kubeBin: string;
  readonly bridge: string;
  readonly gateway: string;
  readonly apiServer: string;
  readonly ports: {
    readonly apiServer: number;
    readonly etcdClient: number;
    readonly etcdPeer: number;
    readonly controllers: number;
    readonly scheduler: number;
  };
  readonly kubeconfig: string;
  readonly sshConfig: string;
  readonly sshKey: string;
  readonly knownHosts: string;
  address(number: number): string;
  podSubnet(number: number): string;
  nodeDir(name: string): string;
  /** The machine's name for systemd-nspawn, its cgroups and its end of the bridge. */
  machine(name: string): string;
}

/** Everything of one lab, so that labs with different numbers never meet. */
export function labLayout(id: number): LabLayout {
  const dir = path.join(LAB_HOME, String(id));
  const gateway = `10.98.${id}.1`;
  const apiServerPort = 16443 + id;
  return {
    id,
    dir,
    logDir: path.join(dir, 'log'),
    pkiDir: path.join(dir, 'pki'),
    nodesDir: path.join(dir, 'nodes'),
    kubeBin: process.env['KUBE_BIN'] ?? '/opt/kube/bin',
    bridge: `br-mig${id}`,
    gateway,
    apiServer: `https://${gateway}:${apiServerPort}`,
    ports: {
      apiServer: apiServerPort,
      etcdClient: 12379 + 10 * id,
      etcdPeer: 12380 + 10 * id,
      controllers: 17257 + 10 * id,
      scheduler: 17259 + 10 * id,
    },
    kubeconfig: path.join(dir, 'admin.kubeconfig'),
    sshConfig: path.join(dir, 'ssh_config'),
    sshKey: path.join(dir, 'id'),
    knownHosts: path.join(dir, 'known_hosts'),
    address: (number) => `10.98.${id}.${number}`,
    podSubnet: (number) => `10.${200 + id}.${number}.0/24`,
    nodeDir: (name) => path.join(dir, 'nodes', name),
    machine: (name) => `m${id}-${name}`,
  };
}
