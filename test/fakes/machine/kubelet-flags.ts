/** What a kubelet 1.21 of kubeadm is started with, as it understands it. Throws with its own last words. */
export interface KubeletFlags {
  readonly remoteEndpoint: string | undefined;
  readonly configPath: string | undefined;
}

const KNOWN = new Set([
  ...['bootstrap-kubeconfig', 'kubeconfig', 'config', 'node-ip', 'hostname-override', 'v', 'cgroup-driver'],
  ...['network-plugin', 'pod-infra-container-image', 'container-runtime', 'container-runtime-endpoint'],
  ...['cni-bin-dir', 'cni-conf-dir', 'cni-cache-dir', 'runtime-cgroups', 'node-labels', 'docker-endpoint'],
]);

export function kubeletFlags(argv: readonly string[]): KubeletFlags {
  const values = new Map<string, string>();
  for (const word of argv.slice(1)) {
    const [, name = '', value = ''] = /^--?([^=]+)(?:=(.*))?$/.exec(word) ?? [];
    if (!KNOWN.has(name)) throw new Error(`Error: failed to parse kubelet flag: unknown flag: --${name || word}`);
    values.set(name, value);
  }
  const runtime = values.get('container-runtime') ?? 'docker';
  if (runtime !== 'docker' && runtime !== 'remote') {
    throw new Error(`Error: failed to run Kubelet: unsupported CRI runtime: "${runtime}"`);
  }
  const endpoint = values.get('container-runtime-endpoint');
  if (runtime === 'remote' && endpoint === undefined) {
    throw new Error('Error: failed to run Kubelet: container runtime endpoint address was not specified or empty');
  }
  return { remoteEndpoint: runtime === 'remote' ? endpoint : undefined, configPath: values.get('config') };
}
