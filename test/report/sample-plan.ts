import { sha256 } from '../../src/core/digest.js';
import type { ProposedManifest, SettingAnswer } from '../../src/core/conversion.js';
import type { FileChange, MigrationPlan, NodePlan, PhaseSpec } from '../../src/core/plan.js';

const KUBEADM_FLAGS =
  'KUBELET_KUBEADM_ARGS="--network-plugin=cni --pod-infra-container-image=registry.k8s.io/pause:3.4.1"\n';
const KUBEADM_FLAGS_AFTER =
  'KUBELET_KUBEADM_ARGS="--container-runtime=remote --container-runtime-endpoint=unix:///run/containerd/containerd.sock --pod-infra-container-image=registry.k8s.io/pause:3.4.1"\n';
const CONFIG_TOML = `version = 2

[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "registry.k8s.io/pause:3.4.1"

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
  SystemdCgroup = true
`;
const CRICTL = 'runtime-endpoint: unix:///run/containerd/containerd.sock\n';

export const contents: Record<string, string> = Object.fromEntries(
  [KUBEADM_FLAGS_AFTER, CONFIG_TOML, CRICTL].map((text) => [sha256(text), text]),
);

const files: FileChange[] = [
  {
    path: '/etc/containerd/config.toml',
    sha256: sha256(CONFIG_TOML),
    mode: 0o644,
    before: null,
    why: 'containerd has to know the sandbox image and the cgroup driver that the kubelet uses.',
  },
  {
    path: '/var/lib/kubelet/kubeadm-flags.env',
    sha256: sha256(KUBEADM_FLAGS_AFTER),
    mode: 0o644,
    before: { sha256: sha256(KUBEADM_FLAGS), content: KUBEADM_FLAGS },
    why: 'The kubelet is told the new endpoint.',
  },
  {
    path: '/etc/crictl.yaml',
    sha256: sha256(CRICTL),
    mode: 0o600,
    before: { sha256: sha256(CRICTL), content: CRICTL },
    why: '',
  },
];

const phase = (name: string, title: string, guarded: boolean, steps: readonly string[]): PhaseSpec => ({
  name,
  title,
  guarded,
  steps: steps.map((step) => ({ id: `${name}/${step}`, kind: 'sample', phase: name, title: step, params: {} })),
});

export const phases: PhaseSpec[] = [
  phase('stage', 'Prepare containerd while the node serves on Docker', false, [
    'Keep containerd 1.6.20 when Docker goes',
    'Write /etc/containerd/config.toml',
    'Carry 14 images from Docker over to containerd',
  ]),
  phase('vacate', 'Move the pods away', false, ['Cordon w1', 'Drain 6 pods']),
  phase('switch', 'Switch the kubelet to containerd', true, [
    'Stop the kubelet',
    'Stop and remove 9 pod containers in Docker',
    'Write /var/lib/kubelet/kubeadm-flags.env',
    'Start the kubelet',
  ]),
  phase('prove', 'Prove that the node works', true, ['See w1 Ready on containerd']),
  phase('give-back', 'Give the node back', false, ['Uncordon w1']),
];

const DAEMON_JSON = '/etc/docker/daemon.json';

export const settings: SettingAnswer[] = [
  {
    source: DAEMON_JSON,
    key: 'live-restore',
    value: true,
    outcome: 'not-needed',
    target: '',
    note: 'containers of containerd live on while it restarts',
  },
  {
    source: DAEMON_JSON,
    key: 'exec-opts',
    value: ['native.cgroupdriver=systemd'],
    outcome: 'converted',
    target:
      '/etc/containerd/config.toml plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options.SystemdCgroup',
    note: '',
  },
  {
    source: DAEMON_JSON,
    key: 'init',
    value: true,
    outcome: 'warning',
    target: '',
    note: 'containers lose the init process that Docker put in front of theirs: zombies stay, and signals are not passed on',
  },
  {
    source: DAEMON_JSON,
    key: 'log-opts.max-size',
    value: '100m',
    outcome: 'kubelet',
    target: '/var/lib/kubelet/config.yaml containerLogMaxSize',
    note: '100m is decimal for Docker',
  },
  {
    source: '/etc/systemd/system/docker.service.d/http-proxy.conf',
    key: 'HTTPS_PROXY',
    value: 'http://ci:***@proxy.corp.example:3128',
    outcome: 'systemd',
    target: '/etc/systemd/system/containerd.service.d/http-proxy.conf Environment',
    note: 'containerd pulls images through it',
  },
];

export const manifests: ProposedManifest[] = [
  {
    name: 'nvidia',
    content: 'apiVersion: node.k8s.io/v1\nkind: RuntimeClass\nmetadata:\n  name: nvidia\nhandler: nvidia\n',
    why: 'Pods that want the handler nvidia can ask for it by no class of the cluster.',
  },
];

export const readyNode: NodePlan = {
  node: 'w1',
  planId: 'w1-4f1c2a',
  verdict: 'migrate',
  from: 'docker://20.10.24',
  to: 'containerd://1.6.20',
  kubeletVersion: '1.21.2',
  notices: [
    {
      gate: 'empty-dir',
      level: 'warning',
      message: 'shop/cart-0 keeps data in an emptyDir volume, which the drain deletes.',
      fix: 'Save what matters, or leave the pod out with a label.',
    },
  ],
  files,
  settings,
  differences: [
    { aspect: 'log-format', note: 'Log files have the format of the CRI instead of JSON.' },
    { aspect: 'log-path', note: 'Log files have the format of the CRI instead of JSON.' },
  ],
  manifests,
  phases,
  facts: {},
};

export const blockedNode: NodePlan = {
  ...readyNode,
  node: 'w2',
  planId: 'w2-77aa01',
  verdict: 'blocked',
  notices: [
    ...readyNode.notices,
    {
      gate: 'registry-config',
      level: 'undecided',
      message:
        'Whether the registry mirrors need credentials is not known, because /etc/docker/certs.d could not be read.',
      fix: 'Let the ssh user read it with sudo.',
    },
    {
      gate: 'foreign-containers',
      level: 'blocker',
      message: 'Docker on w2 runs 2 containers that Kubernetes does not own: backup and registry. They would stop.',
      fix: 'Keep Docker running for them with --keep-docker, or stop them with --stop-foreign.',
    },
  ],
  files: [],
  settings: [],
  differences: [],
  manifests: [],
};

export const doneNode: NodePlan = {
  ...readyNode,
  node: 'w3',
  verdict: 'already',
  from: 'containerd://1.6.20',
  notices: [],
  files: [],
  phases: [],
};

export const planOf = (...nodes: NodePlan[]): MigrationPlan => ({
  apiVersion: 'dockershim-migrate.io/v1',
  kind: 'MigrationPlan',
  options: {
    target: 'containerd',
    foreign: 'block',
    drain: { force: false, deleteEmptyDirData: true, timeoutMs: 600_000 },
  },
  nodes,
  contents,
  digest: 'd1'.repeat(32),
});
