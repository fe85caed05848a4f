import type { MemoryFiles } from './machine/memory-files.js';

export interface DiskOptions {
  /** Docker's own package of containerd ships it with the CRI switched off. */
  readonly containerdConfig?: string | undefined;
  readonly containerdEnabled?: boolean;
  /** `docker.service` written by an administrator, where systemd cannot mask it. */
  readonly dockerUnitInEtc?: boolean;
  readonly crictl?: 'none' | 'link';
  /** CRI-O is installed, as its package leaves it before anybody starts it. */
  readonly crio?: boolean;
  readonly daemonJson?: string;
}

export const DOCKER_CE_CONTAINERD = 'disabled_plugins = ["cri"]\n\n#root = "/var/lib/containerd"\n';

const UNITS = {
  'docker.service': `[Unit]
Description=Docker Application Container Engine
After=network-online.target containerd.service docker.socket
Wants=network-online.target containerd.service
Requires=docker.socket

[Service]
Type=notify
ExecStart=/usr/sbin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock
Restart=always
RestartSec=2

[Install]
WantedBy=multi-user.target
`,
  'docker.socket': `[Unit]
Description=Docker Socket for the API

[Socket]
ListenStream=/var/run/docker.sock

[Install]
WantedBy=sockets.target
`,
  'containerd.service': `[Unit]
Description=containerd container runtime
After=network.target local-fs.target

[Service]
Type=notify
ExecStart=/usr/bin/containerd
Restart=always
RestartSec=5

[Install]
WantedBy=multi-user.target
`,
  'crio.service': `[Unit]
Description=Container Runtime Interface for OCI (CRI-O)
Wants=network-online.target
After=network-online.target

[Service]
Type=notify
ExecStart=/usr/bin/crio
Restart=on-failure
RestartSec=10

[Install]
WantedBy=multi-user.target
`,
  'kubelet.service': `[Unit]
Description=kubelet: The Kubernetes Node Agent
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=/usr/bin/kubelet
Restart=always
StartLimitInterval=0
RestartSec=10

[Install]
WantedBy=multi-user.target
`,
};

const KUBEADM_DROP_IN = `# Note: This dropin only works with kubeadm and kubelet v1.11+
[Service]
Environment="KUBELET_KUBECONFIG_ARGS=--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf"
Environment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml"
EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env
EnvironmentFile=-/etc/default/kubelet
ExecStart=
ExecStart=/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS
`;

const CRIO_CONF = `[crio.runtime]
conmon = "/usr/bin/conmon"

[crio.runtime.runtimes.runc]
runtime_path = "/usr/sbin/runc"
`;

const manifest = (name: string, image: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: kube-system
spec:
  hostNetwork: true
  containers:
    - name: app
      image: ${image}
`;

/** A worker as kubeadm 1.21 lays it out on Debian 12 with Docker 20.10. */
export function kubeadmDisk(files: MemoryFiles, options: DiskOptions = {}): void {
  const { crictl = 'none', daemonJson = '{\n\t"log-driver": "json-file",\n\t"log-opts": {"max-size": "10m"}\n}\n' } =
    options;
  const texts: Readonly<Record<string, string>> = {
    '/etc/os-release': 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nID=debian\n',
    '/etc/cni/net.d/10-lab.conflist':
      '{"cniVersion": "0.4.0", "name": "lab", "plugins": [\n  {"type": "bridge", "bridge": "cni0", "ipam": {"type": "host-local"}},\n  {"type": "portmap", "capabilities": {"portMappings": true}}]}\n',
    '/etc/docker/daemon.json': daemonJson,
    '/etc/default/kubelet': 'KUBELET_EXTRA_ARGS=--node-ip=10.99.0.11\n',
    '/etc/kubernetes/manifests/edge-proxy.yaml': manifest('edge-proxy', 'registry.lab/edge-proxy:2'),
    '/etc/systemd/system/kubelet.service.d/10-kubeadm.conf': KUBEADM_DROP_IN,
    '/var/lib/kubelet/config.yaml':
      'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\ncgroupDriver: cgroupfs\nstaticPodPath: /etc/kubernetes/manifests\n',
    '/var/lib/kubelet/kubeadm-flags.env':
      'KUBELET_KUBEADM_ARGS="--network-plugin=cni --pod-infra-container-image=k8s.gcr.io/pause:3.4.1"\n',
  };
  for (const [path, text] of Object.entries(texts)) files.write(path, text);
  files.write('/dev/null', '');
  files.makeDirectory('/run');
  files.link('/var/run', '/run');
  files.makeDirectory('/var/lib/containerd');
  for (const plugin of ['bridge', 'host-local', 'loopback', 'portmap']) {
    files.write(`/opt/cni/bin/${plugin}`, '\x7fELF', { mode: 0o755 });
  }
  if (options.containerdConfig !== undefined) files.write('/etc/containerd/config.toml', options.containerdConfig);
  if (crictl === 'link') {
    files.write('/opt/tools/crictl.yaml', 'runtime-endpoint: unix:///var/run/dockershim.sock\ntimeout: 10\n', {
      mode: 0o640,
    });
    files.link('/etc/crictl.yaml', '/opt/tools/crictl.yaml');
  }
  if (options.crio === true) {
    files.write('/usr/bin/crio', '\x7fELF', { mode: 0o755 });
    files.write('/etc/crio/crio.conf', CRIO_CONF);
    files.write('/etc/containers/policy.json', '{"default": [{"type": "insecureAcceptAnything"}]}\n');
  }
  for (const [name, text] of Object.entries(UNITS)) {
    if (name === 'crio.service' && options.crio !== true) continue;
    const inEtc = name === 'kubelet.service' || (name === 'docker.service' && options.dockerUnitInEtc === true);
    const path = `${inEtc ? '/etc' : '/lib'}/systemd/system/${name}`;
    files.write(path, text);
    const target = name.endsWith('.socket') ? 'sockets' : 'multi-user';
    if (name === 'containerd.service' && options.containerdEnabled === false) continue;
    if (name === 'crio.service') continue;
    files.link(`/etc/systemd/system/${target}.target.wants/${name}`, path);
  }
}
