import { capturedUnits } from './captured-units.js';
import type { FakeHostInput } from './fake-read-host.js';

/** With other blocks of `systemctl show` in the place of those of some units. */
export const unitsAnswer = (changes: Readonly<Record<string, string>> = {}): string =>
  `${Object.values({ ...capturedUnits, ...changes }).join('\n\n')}\n`;

/** A node as kubeadm 1.21 lays it out on Debian 12 with Docker 20.10; what the commands print was captured from one. */
export function kubeadmNode(changes: FakeHostInput = {}): FakeHostInput {
  return {
    ...changes,
    files: { ...FILES, ...changes.files },
    links: { ...LINKS, ...changes.links },
    sockets: changes.sockets ?? SOCKETS,
    modes: { ...MODES, ...changes.modes },
    answers: { ...ANSWERS, ...changes.answers },
    emptyDirs: ['/var/lib/containerd', ...(changes.emptyDirs ?? [])],
  };
}

const SOCKETS = ['/run/docker.sock', '/run/dockershim.sock', '/run/containerd/containerd.sock'];

const LINKS = {
  '/var/run': '/run',
  '/opt/cni/bin/*': '/usr/lib/cni/*',
  '/opt/cni/bin/bridge': '/usr/lib/cni/bridge',
  '/opt/cni/bin/loopback': '/usr/lib/cni/loopback',
  '/opt/cni/bin/portmap': '/usr/lib/cni/portmap',
  '/etc/sysctl.d/99-sysctl.conf': '../sysctl.conf',
  '/etc/modules-load.d/modules.conf': '../modules',
  '/proc/94/exe': '/usr/bin/kubelet',
};

const MODES = {
  '/usr/lib/cni/bridge': 0o755,
  '/usr/lib/cni/loopback': 0o755,
  '/usr/lib/cni/portmap': 0o755,
  '/etc/docker/key.json': 0o600,
};

const FILES = {
  '/etc/os-release': `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
HOME_URL="https://www.debian.org/"
`,
  '/var/lib/apt/extended_states':
    'Package: runc\nArchitecture: amd64\nAuto-Installed: 1\n\nPackage: libseccomp2\nArchitecture: amd64\nAuto-Installed: 1\n\n',
  '/usr/lib/cni/bridge': '\x7fELF',
  '/usr/lib/cni/loopback': '\x7fELF',
  '/usr/lib/cni/portmap': '\x7fELF',
  '/opt/cni/bin/README.md': 'no plugin',
  '/etc/cni/net.d/10-lab.conflist': `{"cniVersion": "0.4.0", "name": "lab", "plugins": [
  {"type": "bridge", "bridge": "cni0", "isGateway": true, "ipam": {"type": "host-local"}},
  {"type": "portmap", "capabilities": {"portMappings": true}}]}
`,
  '/etc/docker/daemon.json': '{\n\t"log-driver": "json-file",\n\t"log-opts": {"max-size": "10m"}\n}\n',
  '/etc/docker/key.json': '{}',
  '/etc/containerd/config.toml': 'version = 2\n[plugins."io.containerd.grpc.v1.cri".cni]\n  bin_dir = "/usr/lib/cni"\n',
  '/etc/default/kubelet': 'KUBELET_EXTRA_ARGS=--node-ip=10.99.0.12\n',
  '/etc/modules': '# none\n',
  '/etc/sysctl.conf': '#net.ipv4.ip_forward=1\n',
  '/etc/systemd/system/kubelet.service': `[Unit]
Description=kubelet: The Kubernetes Node Agent

[Service]
ExecStart=/usr/bin/kubelet
Restart=always

[Install]
WantedBy=multi-user.target
`,
  '/etc/systemd/system/kubelet.service.d/10-kubeadm.conf': `# Note: This dropin only works with kubeadm and kubelet v1.11+
[Service]
Environment="KUBELET_KUBECONFIG_ARGS=--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf"
Environment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml"
EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env
EnvironmentFile=-/etc/default/kubelet
ExecStart=
ExecStart=/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS
`,
  '/lib/systemd/system/docker.service': '[Service]\nExecStart=/usr/sbin/dockerd -H fd://\n',
  '/lib/systemd/system/docker.socket': '[Socket]\nListenStream=/var/run/docker.sock\n',
  '/lib/systemd/system/containerd.service': '[Service]\nExecStart=/usr/bin/containerd\n',
  '/etc/systemd/system/docker.service.d/90-limits.conf': '[Service]\nLimitNOFILE=infinity\n',
  '/etc/systemd/system/containerd.service.d/90-limits.conf': '[Service]\nLimitNOFILE=infinity\n',
  '/var/lib/kubelet/config.yaml': `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
cgroupDriver: cgroupfs
clusterDNS: [10.96.0.10]
staticPodPath: /etc/kubernetes/manifests
`,
  '/var/lib/kubelet/kubeadm-flags.env':
    'KUBELET_KUBEADM_ARGS="--network-plugin=cni --pod-infra-container-image=k8s.gcr.io/pause:3.4.1"\n',
  '/proc/94/cmdline': [
    '/usr/bin/kubelet',
    '--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf',
    '--kubeconfig=/etc/kubernetes/kubelet.conf',
    '--config=/var/lib/kubelet/config.yaml',
    '--network-plugin=cni',
    '--pod-infra-container-image=k8s.gcr.io/pause:3.4.1',
    '--node-ip=10.99.0.12',
    '',
  ].join('\0'),
  '/proc/94/cgroup':
    '9:name=systemd:/../system.slice/kubelet.service\n7:blkio:/\n0::/../system.slice/kubelet.service\n',
  '/proc/93/cmdline': '/usr/sbin/dockerd\0-H\0fd://\0',
  '/proc/filesystems': 'nodev\tsysfs\nnodev\toverlay\n\text4\n',
  '/proc/sys/net/ipv4/ip_forward': '1\n',
  '/proc/sys/net/ipv6/conf/all/forwarding': '0\n',
  '/proc/sys/net/bridge/bridge-nf-call-iptables': '1\n',
  '/proc/sys/net/bridge/bridge-nf-call-ip6tables': '1\n',
};

const ANSWERS = {
  'systemctl show': unitsAnswer(),
  'uname -r -m': '6.1.0-31-amd64 x86_64\n',
  'stat -f': 'tmpfs\n',
  'dpkg-query': {
    code: 1,
    stdout:
      'containerd\t1.6.20~ds1-1+deb12u3\tinstalled\ndocker-ce\t\tnot-installed\ndocker.io\t20.10.24+dfsg1-1+deb12u1+b6\tinstalled\nrunc\t1.1.5+ds1-1+deb12u1\tinstalled\n',
    stderr: 'dpkg-query: no packages found matching containerd.io\n',
  },
  df: {
    code: 1,
    stdout: `Type    1B-blocks       Avail Mounted on File
ext4 270553174016 76498083840 /          /var/lib/containerd
ext4 270553174016 76498083840 /          /var/lib
ext4 270553174016 76498083840 /          /var
ext4 270553174016 76498083840 /          /
xfs  536870912000 99999999999 /var/lib/docker /var/lib/docker
ext4 270553174016 76498083840 /          /var/lib/kubelet
`,
    stderr: 'df: /var/lib/containers: No such file or directory\n',
  },
  'ps -e': '      1 systemd\n     57 containerd\n     93 dockerd\n     94 kubelet\n',
  '/usr/bin/kubelet --version': 'Kubernetes v1.21.2\n',
  '/usr/bin/containerd --version': 'containerd github.com/containerd/containerd 1.6.20~ds1 1.6.20~ds1-1+deb12u3\n',
  '/usr/bin/containerd -c /etc/containerd/config.toml config dump': 'version = 2\nroot = "/var/lib/containerd"\n',
};
