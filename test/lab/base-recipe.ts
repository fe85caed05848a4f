import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { IMAGES } from './images.js';

export interface RootFile {
  readonly path: string;
  readonly content: string | Buffer;
  readonly mode?: number;
}

export const BASE_RELEASE = 'bookworm';

export const BASE_PACKAGES = [
  ...['systemd', 'systemd-sysv', 'dbus', 'procps', 'kmod', 'mount', 'util-linux', 'ca-certificates', 'openssh-server'],
  ...['docker.io', 'containerd', 'runc', 'containernetworking-plugins', 'iptables', 'iproute2', 'ethtool', 'socat'],
  ...['conntrack', 'conmon', 'skopeo', 'libgpgme11', 'python3', 'rsync', 'jq', 'busybox-static'],
];

const KUBELET_UNIT = `[Unit]
Description=kubelet: The Kubernetes Node Agent
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=/usr/bin/kubelet
Restart=always
StartLimitInterval=0
RestartSec=2

[Install]
WantedBy=multi-user.target
`;

const KUBEADM_DROP_IN = `[Service]
Environment="KUBELET_KUBECONFIG_ARGS=--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf"
Environment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml"
EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env
EnvironmentFile=-/etc/default/kubelet
ExecStart=
ExecStart=/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS
`;

// What units may not raise without CAP_SYS_RESOURCE.
const WITHOUT_SYS_RESOURCE = '[Service]\nOOMScoreAdjust=0\nLimitNOFILE=\nLimitNPROC=\nLimitCORE=\n';

export const BASE_FILES: readonly RootFile[] = [
  { path: '/usr/local/sbin/runc', content: shipped('runc'), mode: 0o755 },
  { path: '/lab-images/import', content: shipped('import-images'), mode: 0o755 },
  { path: '/lab-images/pause/pause', content: shipped('pause'), mode: 0o755 },
  { path: '/etc/systemd/system/docker.service.d/90-lab.conf', content: WITHOUT_SYS_RESOURCE },
  { path: '/etc/systemd/system/containerd.service.d/90-lab.conf', content: WITHOUT_SYS_RESOURCE },
  { path: '/lib/systemd/system/kubelet.service', content: KUBELET_UNIT },
  { path: '/etc/systemd/system/kubelet.service.d/10-kubeadm.conf', content: KUBEADM_DROP_IN },
  // A refused question ends a look-up at once where an unanswered one would hold up every failing pull.
  { path: '/etc/resolv.conf', content: 'nameserver 127.0.0.1\n' },
];

/** Run in the base's root, by chroot, after the files are there. */
export const BASE_COMMANDS: readonly (readonly string[])[] = [
  ['systemctl', 'enable', 'kubelet.service', 'systemd-networkd.service'],
  ['systemctl', 'mask', 'apt-daily.timer', 'apt-daily-upgrade.timer', 'e2scrub_all.timer', 'dpkg-db-backup.timer'],
  ['sh', '-c', 'mkdir -p /opt/cni/bin && cd /opt/cni/bin && ln -sf ../../../usr/lib/cni/* .'],
  ['sh', '-c', 'rm -f /etc/ssh/ssh_host_* /etc/machine-id /var/lib/dbus/machine-id /etc/hostname'],
  ['sh', '-c', 'cd /lab-images && mkdir -p pause/bin && cp /bin/busybox pause/bin && ln -s busybox pause/bin/sh'],
  ['ln', '-s', 'busybox', '/lab-images/pause/bin/sleep'],
  ['sh', '-c', 'cd /lab-images && mkdir -p app/bin app/tmp app/etc app/www && cp /bin/busybox app/bin'],
  ['sh', '-c', 'cd /lab-images/app/bin && for a in $(./busybox --list); do [ -e "$a" ] || ln -s busybox "$a"; done'],
];

/** Stamps: of the Debian packages alone, which take longest, and of the whole. */
export const BASE_STAMPS = {
  packages: stamp([BASE_RELEASE, BASE_PACKAGES]),
  whole: stamp([BASE_RELEASE, BASE_PACKAGES, BASE_FILES, BASE_COMMANDS, IMAGES]),
};

function shipped(name: string): string {
  return readFileSync(new URL(`base/${name}`, import.meta.url), 'utf8');
}

function stamp(recipe: unknown): string {
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12);
}
