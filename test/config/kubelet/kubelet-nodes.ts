import type { FileFacts, KubeletFacts, UnitFacts } from '../../../src/core/inventory.js';
import { serviceSettings } from '../../../src/collect/service-settings.js';
import { parseFlags } from '../../../src/collect/parse-flags.js';
import { parseEnvFile } from '../../../src/config/text/env-file.js';
import { splitWords } from '../../../src/config/text/split-words.js';
import { file, unit } from '../../fixtures/inventory.js';

/** The kubelet's files on a node, as an installer leaves them. */
export interface KubeletNode {
  readonly version: string;
  /** The unit first, then its drop-ins. */
  readonly units: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  readonly runtime?: KubeletFacts['runtime'];
}

const DOCKERSHIM = { kind: 'dockershim', endpoint: 'unix:///run/dockershim.sock' } as const;

/** What would be known of such a node: its command line is put together as systemd does. */
export function kubeletNode({ version, units, files, runtime = DOCKERSHIM }: KubeletNode): {
  readonly kubelet: KubeletFacts;
  readonly files: Readonly<Record<string, FileFacts>>;
  readonly unit: UnitFacts;
} {
  const settings = serviceSettings(Object.values(units));
  const variables: Record<string, string> = { ...settings.environment };
  for (const { path } of settings.environmentFiles) {
    const parsed = parseEnvFile(files[path] ?? '');
    for (const { name, value } of parsed.ok ? parsed.value : []) variables[name] = value;
  }
  const words = splitWords(settings.execStart);
  const argv = (words.ok ? words.value : []).flatMap(({ value }): readonly string[] => {
    const name = /^\$(\w+)$/.exec(value)?.[1];
    const inner = name === undefined ? undefined : splitWords(variables[name] ?? '');
    if (inner === undefined) return [value.replace(/\$\{(\w+)\}/g, (_all, braced: string) => variables[braced] ?? '')];
    return inner.ok ? inner.value.map((word) => word.value) : [];
  });
  const flags = parseFlags(argv);
  const [fragmentPath = '', ...dropInPaths] = Object.keys(units);
  const all = Object.entries({ ...units, ...files }).map(([path, text]) => [path, file(text)] as const);
  const absent = settings.environmentFiles.map(({ path }) => [path, { ...file(''), exists: false }] as const);
  return {
    kubelet: {
      ...{ pid: 900, version, argv, flags, configPath: flags['config'], config: {}, runtime },
      execStart: settings.execStart,
      environmentFiles: settings.environmentFiles,
      environment: settings.environment,
      cgroupDriver: 'systemd',
      staticPodPath: undefined,
      inContainer: false,
    },
    files: Object.fromEntries([...absent, ...all]),
    unit: unit({ fragmentPath, dropInPaths }),
  };
}

const CRI_DOCKERD = { kind: 'cri-dockerd', endpoint: 'unix:///run/cri-dockerd.sock' } as const;
const OLD_SOCKET = 'unix:///var/run/cri-dockerd.sock';

/** The flags by which a kubelet of a minor version is on Docker. */
const onDocker = (minor: number): string => {
  if (minor <= 23) return '--network-plugin=cni';
  return minor <= 26
    ? `--container-runtime=remote --container-runtime-endpoint=${OLD_SOCKET}`
    : `--container-runtime-endpoint=${OLD_SOCKET}`;
};

const pause = (minor: number): string => (minor <= 34 ? ' --pod-infra-container-image=registry.k8s.io/pause:3.6' : '');

const CONFIG = [
  'apiVersion: kubelet.config.k8s.io/v1beta1',
  'authentication:',
  '  anonymous:',
  '    enabled: false # never',
  'cgroupDriver: systemd',
  'clusterDNS:',
  '- 10.96.0.10',
  'kind: KubeletConfiguration',
  'rotateCertificates: true',
  '',
].join('\n');

const PLAIN_UNIT = '[Unit]\nDescription=kubelet\n\n[Service]\nExecStart=/usr/bin/kubelet\nRestart=always\n';

const kubeadmDropIn = (extra: string): string =>
  [
    '[Service]',
    'Environment="KUBELET_KUBECONFIG_ARGS=--kubeconfig=/etc/kubernetes/kubelet.conf"',
    'Environment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml"',
    'EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env',
    `EnvironmentFile=-${extra}`,
    'ExecStart=',
    'ExecStart=/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS',
    '',
  ].join('\n');

type Installer = (minor: number) => Omit<KubeletNode, 'version' | 'runtime'>;

const kubeadm =
  (unitDir: string, extra: string, extraText: string): Installer =>
  (minor) => ({
    units: {
      [`${unitDir}/kubelet.service`]: PLAIN_UNIT,
      [unitDir === '/lib/systemd/system'
        ? '/etc/systemd/system/kubelet.service.d/10-kubeadm.conf'
        : `${unitDir}/kubelet.service.d/10-kubeadm.conf`]: kubeadmDropIn(extra),
    },
    files: {
      '/var/lib/kubelet/kubeadm-flags.env': `KUBELET_KUBEADM_ARGS="${onDocker(minor)}${pause(minor)}"\n`,
      [extra]: extraText,
      '/var/lib/kubelet/config.yaml': CONFIG,
    },
  });

/** Where installers put the kubelet's flags; each on Docker, by dockershim up to 1.23 and by cri-dockerd later. */
export const INSTALLERS: Readonly<Record<string, Installer>> = {
  'kubeadm-deb': kubeadm('/lib/systemd/system', '/etc/default/kubelet', 'KUBELET_EXTRA_ARGS=--node-ip=10.0.0.11\n'),
  'kubeadm-rpm': kubeadm(
    '/usr/lib/systemd/system',
    '/etc/sysconfig/kubelet',
    '# local\nKUBELET_EXTRA_ARGS="--runtime-cgroups=/system.slice/docker.service --v=2"\n',
  ),
  systemd: (minor) => ({
    units: {
      '/etc/systemd/system/kubelet.service': [
        '[Unit]',
        'After=docker.service',
        'Requires=docker.service',
        '',
        '[Service]',
        'ExecStart=/usr/local/bin/kubelet \\',
        '  --config=/var/lib/kubelet/config.yaml \\',
        `  ${onDocker(minor).replaceAll(' ', ' \\\n  ')} \\`,
        '  --node-labels="tier=a b"',
        'Restart=always',
        '',
      ].join('\n'),
    },
    files: { '/var/lib/kubelet/config.yaml': CONFIG },
  }),
  kops: (minor) => ({
    units: {
      '/lib/systemd/system/kubelet.service':
        '[Service]\nEnvironmentFile=/etc/sysconfig/kubelet\nExecStart=/usr/local/bin/kubelet "$DAEMON_ARGS"\nRestart=always\n',
    },
    files: {
      '/etc/sysconfig/kubelet': `DAEMON_ARGS="--cgroup-root=/ ${onDocker(minor)}${pause(minor)} --v=2"\nHOME="/root"\n`,
    },
  }),
  kubespray: (minor) => ({
    units: {
      '/etc/systemd/system/kubelet.service': [
        '[Unit]',
        'Wants=docker.socket',
        '[Service]',
        'EnvironmentFile=-/etc/kubernetes/kubelet.env',
        'ExecStart=/usr/local/bin/kubelet $KUBE_LOGTOSTDERR $KUBELET_ARGS $KUBELET_NETWORK_PLUGIN',
        '',
      ].join('\n'),
    },
    files: {
      '/etc/kubernetes/kubelet.env': [
        'KUBE_LOGTOSTDERR="--v=2"',
        'KUBELET_ARGS="--config=/etc/kubernetes/kubelet-config.yaml \\',
        '--runtime-cgroups=/systemd/system.slice \\',
        ' "',
        `KUBELET_NETWORK_PLUGIN="${onDocker(minor)}${minor <= 23 ? ' --cni-conf-dir=/etc/cni/net.d --cni-bin-dir=/opt/cni/bin' : ''}"`,
        '',
      ].join('\n'),
      '/etc/kubernetes/kubelet-config.yaml': CONFIG,
    },
  }),
  eks: (minor) => ({
    units: {
      '/etc/systemd/system/kubelet.service': [
        '[Unit]',
        'After=docker.service iptables-restore.service',
        'Requires=docker.service',
        '[Service]',
        `ExecStart=/usr/bin/kubelet --config /etc/kubernetes/kubelet/kubelet-config.json ${onDocker(minor)} $KUBELET_ARGS $KUBELET_EXTRA_ARGS`,
        '',
      ].join('\n'),
      '/etc/systemd/system/kubelet.service.d/10-kubelet-args.conf': `[Service]\nEnvironment='KUBELET_ARGS=--node-ip=10.1.2.3${pause(minor)} --v=2'\n`,
      '/etc/systemd/system/kubelet.service.d/30-kubelet-extra-args.conf':
        "[Service]\nEnvironment='KUBELET_EXTRA_ARGS=--node-labels=pool=a'\n",
    },
    files: {
      '/etc/kubernetes/kubelet/kubelet-config.json':
        '{\n  "kind": "KubeletConfiguration",\n  "apiVersion": "kubelet.config.k8s.io/v1beta1",\n  "cgroupDriver": "systemd"\n}\n',
    },
  }),
  aks: (minor) => ({
    units: {
      '/etc/systemd/system/kubelet.service': [
        '[Service]',
        'EnvironmentFile=/etc/default/kubelet',
        'ExecStart=/usr/local/bin/kubelet --enable-server --node-labels="${KUBELET_NODE_LABELS}" $KUBELET_FLAGS',
        '',
      ].join('\n'),
    },
    files: {
      '/etc/default/kubelet': `KUBELET_FLAGS=--address=0.0.0.0 ${onDocker(minor)} --pod-max-pids=-1\nKUBELET_NODE_LABELS=agentpool=a\n`,
    },
  }),
};

/** A node of an installer with a kubelet of a minor version, on Docker. */
export const nodeOf = (installer: Installer, minor: number): KubeletNode => ({
  ...installer(minor),
  version: `1.${minor}.3`,
  ...(minor <= 23 ? {} : { runtime: CRI_DOCKERD }),
});
