import { randomUUID } from 'node:crypto';
import { stringify } from 'yaml';
import type { RootFile } from './base-recipe.js';
import { criDockerdFiles } from './cri-dockerd-files.js';
import { crioFiles } from './crio-files.js';
import { IMAGES } from './images.js';
import { kubeconfig } from './kubeconfig.js';
import type { LabLayout } from './lab-layout.js';
import type { NodeRecord } from './node-spec.js';
import type { Certificate } from './pki.js';

const CLIENT_PEM = '/var/lib/kubelet/pki/kubelet-client-current.pem';

/** What makes a copy of the base this node: what an installer, kubeadm and an administrator would have written. */
export function nodeFiles(
  layout: LabLayout,
  node: NodeRecord,
  ca: string,
  client: Certificate,
  sshKey: string,
): RootFile[] {
  const { name, address, spec } = node;
  return [
    // Without one systemd takes this for a first boot, and enables every unit.
    { path: '/etc/machine-id', content: `${randomUUID().replaceAll('-', '')}\n`, mode: 0o444 },
    { path: '/etc/hostname', content: `${name}\n` },
    { path: '/etc/hosts', content: `127.0.0.1 localhost\n${address} ${name}\n` },
    // Left to IPv6, a boot would wait 14 s for a router that is not there.
    {
      path: '/etc/systemd/network/80-container-host0.network',
      content: `[Match]\nName=host0\n\n[Network]\nAddress=${address}/24\nGateway=${layout.gateway}\nLinkLocalAddressing=no\nIPv6AcceptRA=no\n`,
    },
    { path: '/root/.ssh/authorized_keys', content: sshKey, mode: 0o600 },
    { path: '/etc/kubernetes/pki/ca.crt', content: ca },
    {
      path: '/etc/kubernetes/kubelet.conf',
      content: kubeconfig(layout.apiServer, ca, `system:node:${name}`, { file: CLIENT_PEM }),
      mode: 0o600,
    },
    { path: CLIENT_PEM, content: client.certificate + client.key, mode: 0o600 },
    { path: '/var/lib/kubelet/config.yaml', content: kubeletConfig(spec.cgroupDriver ?? 'cgroupfs') },
    {
      path: '/var/lib/kubelet/kubeadm-flags.env',
      content: `KUBELET_KUBEADM_ARGS="--network-plugin=cni --pod-infra-container-image=${IMAGES.pause}"\n`,
    },
    { path: '/etc/default/kubelet', content: `KUBELET_EXTRA_ARGS=--node-ip=${address}\n` },
    {
      path: '/etc/cni/net.d/10-lab.conflist',
      content: `${JSON.stringify(network(layout.podSubnet(node.number)), null, 2)}\n`,
    },
    ...dockerFiles(node),
    ...(spec.crio === true ? crioFiles(layout.kubeBin) : []),
    ...(spec.criDockerd === true ? criDockerdFiles(layout.kubeBin) : []),
  ];
}

function kubeletConfig(cgroupDriver: string): string {
  return stringify({
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    authentication: {
      anonymous: { enabled: false },
      webhook: { cacheTTL: '0s', enabled: true },
      x509: { clientCAFile: '/etc/kubernetes/pki/ca.crt' },
    },
    authorization: { mode: 'Webhook', webhook: { cacheAuthorizedTTL: '0s', cacheUnauthorizedTTL: '0s' } },
    cgroupDriver,
    clusterDNS: ['10.96.0.10'],
    clusterDomain: 'cluster.local',
    failSwapOn: false,
    healthzBindAddress: '127.0.0.1',
    healthzPort: 10248,
    kind: 'KubeletConfiguration',
    rotateCertificates: true,
    staticPodPath: '/etc/kubernetes/manifests',
  });
}

function network(subnet: string): object {
  const ipam = { type: 'host-local', ranges: [[{ subnet }]], routes: [{ dst: '0.0.0.0/0' }] };
  return {
    cniVersion: '0.4.0',
    name: 'lab',
    plugins: [
      { type: 'bridge', bridge: 'cni0', isGateway: true, ipMasq: true, ipam },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  };
}

function dockerFiles({ spec }: NodeRecord): RootFile[] {
  const files: RootFile[] = [];
  const daemon =
    spec.daemonJson ?? (spec.cgroupDriver === 'systemd' ? { 'exec-opts': ['native.cgroupdriver=systemd'] } : undefined);
  if (daemon !== undefined) {
    const content = typeof daemon === 'string' ? daemon : `${JSON.stringify(daemon, null, 2)}\n`;
    files.push({ path: '/etc/docker/daemon.json', content });
  }
  if (spec.containerd === 'docker-ce') {
    files.push({
      path: '/etc/containerd/config.toml',
      content:
        '#   Copyright 2018-2022 Docker Inc.\n\ndisabled_plugins = ["cri"]\n\n#root = "/var/lib/containerd"\n#state = "/run/containerd"\n',
    });
  }
  return files;
}
