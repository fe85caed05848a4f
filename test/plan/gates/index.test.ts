import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { convert } from '../../../src/config/convert.js';
import { known, unknown } from '../../../src/core/fact.js';
import type { NodeInventory } from '../../../src/core/inventory.js';
import type { MigrateOptions, Notice } from '../../../src/core/plan.js';
import { gates } from '../../../src/plan/gates/index.js';
import {
  budget,
  daemonSetPod,
  dockerContainer,
  file,
  inventory,
  migrateOptions,
  pod,
} from '../../fixtures/inventory.js';

type Overrides = Parameters<typeof inventory>[0];

interface Case {
  readonly what: string;
  readonly change: Overrides;
  readonly options?: Parameters<typeof migrateOptions>[0];
  readonly level: Notice['level'];
  /** What the message or the fix must name. */
  readonly names: readonly string[];
}

const clean = inventory();
const cleanPods = clean.pods.known ? clean.pods.value : [];
const cleanContainers = clean.docker.known ? clean.docker.value.containers : [];

const withPods = (...more: (typeof cleanPods)[number][]): Overrides => ({ pods: { value: [...cleanPods, ...more] } });
const withContainers = (...more: (typeof cleanContainers)[number][]): Overrides => ({
  docker: { value: { containers: [...cleanContainers, ...more] } },
});
const withKubelet = (value: NonNullable<Overrides>['kubelet']): Overrides => ({ kubelet: { value } as never });
const withNetworks = (...files: (readonly [string, readonly string[]])[]): Overrides => ({
  cni: {
    value: {
      networks: files.map(([name, types]) => ({ file: name, name: 'n', cniVersion: '0.4.0', pluginTypes: types })),
    },
  },
});
const withJournal = (outcome: string): Overrides => ({
  migrations: { value: { journals: [{ planId: 'worker-1-abc', outcome, at: '2021-06-30T01:00:00Z' }] } },
});
const readyIs = (status: 'False' | 'Unknown'): Overrides => ({
  node: {
    value: {
      conditions: [
        { type: 'Ready', status, reason: 'KubeletNotReady', message: 'PLEG is not healthy', lastHeartbeatTime: '' },
      ],
    },
  },
});

const withSkopeo: Overrides = { packages: { value: { installed: { skopeo: '1.9.3' } } } };
const withCrio = (version: string, effectiveConfig = ''): Overrides => ({
  ...withSkopeo,
  crio: known(
    {
      binary: '/usr/bin/crio',
      version,
      configPath: '/etc/crio/crio.conf',
      configDir: '/etc/crio/crio.conf.d',
      effectiveConfig,
    },
    'crio',
  ),
});
const builtHere = { id: `sha256:${'1'.repeat(64)}`, tags: ['built.here/tool:1'], digests: [], sizeBytes: 1e6 };
const UNLIMITED = '[crio.runtime]\npids_limit = 0\n';
const withoutSkopeo: Overrides = { ...withCrio('1.21.7', UNLIMITED), packages: {} };
const DOCKERS = [
  ...['CHOWN', 'DAC_OVERRIDE', 'FSETID', 'FOWNER', 'MKNOD', 'NET_RAW', 'SETGID', 'SETUID', 'SETFCAP', 'SETPCAP'],
  ...['NET_BIND_SERVICE', 'SYS_CHROOT', 'KILL', 'AUDIT_WRITE'],
];
const asRoot = [
  {
    ...{ name: 'app', privileged: false, runAsUser: undefined, runAsNonRoot: false, adds: [], drops: [] },
    seccomp: undefined,
  },
];

const CASES: Readonly<Record<string, readonly Case[]>> = {
  'earlier-migration': [
    {
      what: 'an unfinished migration',
      change: withJournal('open'),
      level: 'blocker',
      names: ['worker-1-abc', 'migrate resume worker-1', 'migrate rollback worker-1'],
    },
    { what: 'one that needs hands', change: withJournal('needs-hands'), level: 'blocker', names: ['needs hands'] },
    {
      what: 'a journal that cannot be read',
      change: withJournal('damaged'),
      level: 'blocker',
      names: ['worker-1-abc'],
    },
    {
      what: 'a lock of someone else',
      change: { migrations: { value: { lock: { planId: 'p1', owner: 'anna@ops', since: '2021-07-01T11:00:00Z' } } } },
      level: 'blocker',
      names: ['p1', 'anna@ops', '2021-07-01T11:00:00Z', 'migrate resume'],
    },
    {
      what: 'a lock that a finished migration left',
      change: {
        migrations: {
          value: {
            lock: { planId: 'p1', owner: 'anna@ops', since: '2021-07-01T11:00:00Z' },
            journals: [{ planId: 'p1', outcome: 'rolled-back', at: '2021-07-01T11:05:00Z' }],
          },
        },
      },
      level: 'blocker',
      names: ['anna@ops', '/var/lib/dockershim-migrate/lock'],
    },
  ],
  'node-ready': [
    { what: 'a node that is not Ready', change: readyIs('False'), level: 'blocker', names: ['worker-1', 'PLEG'] },
    { what: 'a node nobody hears of', change: readyIs('Unknown'), level: 'blocker', names: ['worker-1'] },
    {
      what: 'a node without the condition',
      change: { node: { value: { conditions: [] } } },
      level: 'blocker',
      names: [],
    },
  ],
  'managed-nodes': [
    ...[
      'eks.amazonaws.com/nodegroup',
      'cloud.google.com/gke-nodepool',
      'kubernetes.azure.com/agentpool',
      'kubernetes.azure.com/cluster',
      'karpenter.sh/nodepool',
      'karpenter.sh/provisioner-name',
    ].map((label) => ({
      what: `the label ${label}`,
      change: { node: { value: { labels: { [label]: 'pool-1' } } } },
      level: 'blocker' as const,
      names: [`${label}=pool-1`],
    })),
    ...['cluster.x-k8s.io/machine', 'machine.openshift.io/machine'].map((annotation) => ({
      what: `the annotation ${annotation}`,
      change: { node: { value: { annotations: { [annotation]: 'machine-1' } } } },
      level: 'blocker' as const,
      names: [`${annotation}=machine-1`],
    })),
  ],
  'other-actors': [
    {
      what: 'a node that the autoscaler deletes',
      change: {
        node: { value: { taints: [{ key: 'ToBeDeletedByClusterAutoscaler', value: '1', effect: 'NoSchedule' }] } },
      },
      level: 'blocker',
      names: ['worker-1'],
    },
    {
      what: 'a node that the autoscaler may delete',
      change: {
        node: {
          value: { taints: [{ key: 'DeletionCandidateOfClusterAutoscaler', value: '1', effect: 'PreferNoSchedule' }] },
        },
      },
      level: 'warning',
      names: ['scale-down-disabled=true'],
    },
    {
      what: 'a node that kured reboots',
      change: { node: { value: { annotations: { 'weave.works/kured-reboot-in-progress': 'now' } } } },
      level: 'blocker',
      names: ['kured'],
    },
  ],
  dockershim: [
    {
      what: 'cri-dockerd',
      change: withKubelet({
        version: '1.24.3',
        runtime: { kind: 'cri-dockerd', endpoint: 'unix:///run/cri-dockerd.sock' },
      } as never),
      level: 'blocker',
      names: ['1.24.3', 'cri-dockerd'],
    },
    {
      what: 'a kubelet on containerd that the node does not show',
      change: withKubelet({
        runtime: { kind: 'containerd', endpoint: 'unix:///run/containerd/containerd.sock' },
      } as never),
      level: 'blocker',
      names: ['containerd', 'docker://20.10.24'],
    },
    {
      what: 'a runtime nobody knows',
      change: withKubelet({ runtime: { kind: 'other', endpoint: 'unix:///run/frakti.sock' } } as never),
      level: 'blocker',
      names: ['/run/frakti.sock'],
    },
  ],
  rke: [
    {
      what: 'components of RKE',
      change: withContainers(dockerContainer({ name: 'kube-proxy', owner: { kind: 'rke', component: 'kube-proxy' } })),
      level: 'blocker',
      names: ['kube-proxy'],
    },
  ],
  'components-in-docker': [
    {
      what: 'etcd by its program',
      change: withContainers(dockerContainer({ name: 'keyvalue', command: '/usr/local/bin/etcd --name n1' })),
      level: 'blocker',
      names: ['etcd', 'keyvalue'],
    },
    {
      what: "etcd by Kubespray's name",
      change: withContainers(dockerContainer({ name: 'etcd1', image: 'quay.io/coreos/other:v3', command: '/entry' })),
      level: 'blocker',
      names: ['etcd1'],
    },
    {
      what: 'etcd by its image',
      change: withContainers(dockerContainer({ name: 'x', image: 'quay.io/coreos/etcd:v3.4.13', command: '' })),
      level: 'blocker',
      names: ['etcd'],
    },
    {
      what: 'the kubelet by hyperkube',
      change: withContainers(dockerContainer({ name: 'x', command: '/hyperkube kubelet --v=2' })),
      level: 'blocker',
      names: ['kubelet'],
    },
    {
      what: 'a kubelet in a container',
      change: withKubelet({ inContainer: true } as never),
      level: 'blocker',
      names: ['kubelet'],
    },
  ],
  'swarm-active': ['active', 'pending', 'locked', 'error'].map((swarmState) => ({
    what: `a Swarm that is ${swarmState}`,
    change: { docker: { value: { swarmState } } },
    level: 'blocker',
    names: ['Swarm', swarmState],
  })),
  'docker-isolation': [
    {
      what: 'userns-remap in use',
      change: { docker: { value: { securityOptions: ['name=seccomp,profile=default', 'name=userns'] } } },
      level: 'blocker',
      names: ['userns-remap'],
    },
    {
      what: 'userns-remap in daemon.json',
      change: { docker: { value: { daemonJson: { 'userns-remap': 'default' } } } },
      level: 'blocker',
      names: ['userns-remap'],
    },
    {
      what: 'a rootless Docker',
      change: { docker: { value: { securityOptions: ['name=rootless'] } } },
      level: 'blocker',
      names: ['rootless'],
    },
  ],
  'foreign-containers': [
    {
      what: 'a plain container',
      change: withContainers(dockerContainer()),
      level: 'blocker',
      names: ['nightly-backup', '--keep-docker', '--stop-foreign'],
    },
    {
      what: 'one of Compose',
      change: withContainers(dockerContainer({ name: 'shop-db-1', owner: { kind: 'compose', project: 'shop' } })),
      level: 'blocker',
      names: ['Compose project shop', 'shop-db-1'],
    },
    {
      what: "one that only looks like dockershim's",
      change: withContainers(
        dockerContainer({ name: 'k8s_x', owner: { kind: 'kubernetes-other', why: 'it has no labels' } }),
      ),
      level: 'blocker',
      names: ['k8s_x', 'it has no labels'],
    },
    {
      what: 'one that Docker would start again',
      change: withContainers(dockerContainer({ state: 'exited', restartPolicy: 'unless-stopped' })),
      level: 'blocker',
      names: ['nightly-backup'],
    },
    {
      what: 'one that ended',
      change: withContainers(dockerContainer({ state: 'exited', restartPolicy: 'no' })),
      level: 'warning',
      names: ['nightly-backup'],
    },
    {
      what: 'a plain container that is kept',
      change: withContainers(dockerContainer()),
      options: { foreign: 'keep-docker' },
      level: 'warning',
      names: ['nightly-backup', 'goes on'],
    },
    {
      what: 'a plain container that is stopped',
      change: withContainers(dockerContainer()),
      options: { foreign: 'stop' },
      level: 'warning',
      names: ['nightly-backup', 'stopped'],
    },
  ],
  'crio-installed': [
    {
      what: 'no CRI-O',
      change: { ...withSkopeo, crio: unknown('worker-1 has no command crio') },
      options: { target: 'crio' },
      level: 'undecided',
      names: ['install CRI-O 1.21'],
    },
    {
      what: 'a CRI-O that the kubelet cannot speak to',
      change: withCrio('1.26.0'),
      options: { target: 'crio' },
      level: 'blocker',
      names: ['1.26.0', '1.21.2', 'v1alpha2'],
    },
    {
      what: 'a CRI-O of another minor version',
      change: withCrio('1.23.5', UNLIMITED),
      options: { target: 'crio' },
      level: 'warning',
      names: ['1.23.5', '1.21.2'],
    },
  ],
  'crio-capabilities': [
    {
      what: 'a container that may use what CRI-O does not give',
      change: { ...withCrio('1.21.7', UNLIMITED), ...withPods(pod({ name: 'pinger', security: asRoot })) },
      options: { target: 'crio' },
      level: 'warning',
      names: ['NET_RAW', 'default/pinger'],
    },
  ],
  'crio-pids-limit': [
    {
      what: 'a limit that Docker does not set',
      change: withCrio('1.21.7'),
      options: { target: 'crio' },
      level: 'warning',
      names: ['1024', 'pids_limit = 0'],
    },
  ],
  'crio-seccomp': [
    {
      what: 'a profile that Docker does not give',
      change: {
        ...withCrio('1.24.0', `${UNLIMITED}default_capabilities = ${JSON.stringify(DOCKERS)}\n`),
        ...withPods(pod({ name: 'clock', security: asRoot })),
        ...withKubelet({ version: '1.24.0' } as never),
      },
      options: { target: 'crio' },
      level: 'warning',
      names: ['default/clock', 'seccomp_use_default_when_empty'],
    },
  ],
  'crio-short-names': [
    {
      what: 'an alias that is not what Docker pulls',
      change: {
        ...withCrio('1.21.7', UNLIMITED),
        ...withPods(pod({ name: 'tool', images: ['fedora:36'] })),
        files: {
          value: {
            '/etc/containers/registries.conf.d/shortnames.conf': file(
              '[aliases]\n"fedora" = "registry.fedoraproject.org/fedora"\n"nginx" = "docker.io/library/nginx"\n',
            ),
          },
        },
      },
      options: { target: 'crio' },
      level: 'warning',
      names: ['default/tool', 'registry.fedoraproject.org/fedora', 'docker.io/library/fedora'],
    },
  ],
  'version-pair': [
    {
      what: 'containerd 2 below 1.23',
      change: { containerd: { value: { version: '2.0.1' } } },
      level: 'blocker',
      names: ['2.0.1', '1.21.2', 'v1alpha2'],
    },
    {
      what: 'containerd 1.6.1',
      change: { containerd: { value: { version: '1.6.1' } } },
      level: 'blocker',
      names: ['1.6.1', '1.6.4'],
    },
    {
      what: 'containerd 1.3',
      change: { containerd: { value: { version: '1.3.9' } } },
      level: 'blocker',
      names: ['1.3.9'],
    },
    {
      what: 'a kubelet before the table',
      change: withKubelet({ version: '1.18.20' } as never),
      level: 'blocker',
      names: ['1.18.20'],
    },
  ],
  'network-plugin': [
    {
      what: 'kubenet',
      change: withKubelet({ flags: { 'network-plugin': 'kubenet' } } as never),
      level: 'blocker',
      names: ['kubenet'],
    },
    {
      what: 'no plugin',
      change: withKubelet({ flags: { 'network-plugin': '' } } as never),
      level: 'blocker',
      names: ['--network-plugin'],
    },
  ],
  'cni-network': [
    { what: 'no network', change: withNetworks(), level: 'blocker', names: ['/etc/cni/net.d'] },
    {
      what: 'a loopback alone',
      change: withNetworks(['99-loopback.conf', ['loopback']]),
      level: 'blocker',
      names: ['/etc/cni/net.d'],
    },
    ...[
      '10-containerd-net.conflist',
      '100-crio-bridge.conf',
      '100-crio-bridge.conflist',
      '11-crio-ipv4-bridge.conflist',
      '87-podman-bridge.conflist',
      '87-podman.conflist',
    ].map((name) => ({
      what: `${name} first`,
      change: withNetworks([name, ['bridge', 'portmap']], ['zz-calico.conflist', ['bridge', 'portmap']]),
      level: 'blocker' as const,
      names: [`/etc/cni/net.d/${name}`],
    })),
    {
      what: 'a broken file first',
      change: withNetworks(['05-broken.conflist', []], ['10-lab.conflist', ['bridge', 'portmap']]),
      level: 'blocker',
      names: ['/etc/cni/net.d/05-broken.conflist'],
    },
    {
      what: 'a loopback first',
      change: withNetworks(['00-lo.conf', ['loopback']], ['10-lab.conflist', ['bridge', 'portmap']]),
      level: 'blocker',
      names: ['/etc/cni/net.d/00-lo.conf'],
    },
  ],
  'cni-plugins': [
    {
      what: 'no loopback plugin',
      change: { cni: { value: { binaries: ['bridge', 'portmap'] } } },
      level: 'blocker',
      names: ['loopback', '/opt/cni/bin'],
    },
    {
      what: 'no bridge plugin',
      change: { cni: { value: { binaries: ['loopback', 'portmap'] } } },
      level: 'blocker',
      names: ['bridge'],
    },
    {
      what: 'host ports without portmap',
      change: {
        ...withNetworks(['10-lab.conflist', ['bridge']]),
        ...withPods(pod({ name: 'ingress', hostPorts: [443] })),
      },
      level: 'warning',
      names: ['default/ingress', 'portmap'],
    },
  ],
  'runtime-classes': [
    {
      what: 'a class without a handler',
      change: withPods(pod({ name: 'sandboxed', runtimeClassName: 'gvisor' })),
      level: 'blocker',
      names: ['gvisor', 'default/sandboxed', '/etc/containerd/config.toml'],
    },
    {
      what: "dockershim's own handler",
      change: {
        ...withPods(pod({ name: 'odd', runtimeClassName: 'plain' })),
        runtimeClasses: { value: [{ name: 'plain', handler: 'docker' }] },
      },
      level: 'blocker',
      names: ['plain', 'handler docker', 'default/odd', 'dockershim calls'],
    },
    {
      what: 'classes of the cluster for handlers of other nodes',
      change: { runtimeClasses: { value: [{ name: 'sandboxed', handler: 'runsc' }] } },
      level: 'warning',
      names: ['sandboxed (runsc)', 'scheduling'],
    },
    {
      what: 'classes that could not be listed, and a pod that has one',
      change: {
        ...withPods(pod({ name: 'sandboxed', runtimeClassName: 'gvisor' })),
        runtimeClasses: unknown('the user may not list them'),
      },
      level: 'undecided',
      names: ['handlers the runtime classes', 'the user may not list them'],
    },
  ],
  'hidden-secrets': [
    {
      what: 'a secret from nowhere in a file to be rewritten',
      change: {
        files: {
          value: {
            '/etc/default/kubelet': file('KUBELET_EXTRA_ARGS=--docker=x --proxy=http://u:SECRET-0123456789ab-1@p\n'),
          },
        },
      },
      level: 'blocker',
      names: ['/etc/default/kubelet', 'secret'],
    },
  ],
  'runtime-restart': (['requires', 'bindsTo', 'partOf'] as const).map((tie) => ({
    what: `a docker.service that ${tie} containerd.service`,
    change: { units: { value: { 'docker.service': { [tie]: ['containerd.service'] } } } },
    level: 'blocker',
    names: ['docker.service', 'containerd.service', 'live-restore'],
  })),
  'disk-space': [
    {
      what: 'a full disk',
      change: {
        disks: {
          value: [
            { path: '/var/lib/containerd', mountPoint: '/var', fsType: 'ext4', freeBytes: 150e6, totalBytes: 1e9 },
          ],
        },
      },
      level: 'blocker',
      names: ['/var/lib/containerd', '0.2 GB', '/var'],
    },
    {
      what: 'a disk that has room for the images, and not for what is on the way to CRI-O as well',
      change: {
        ...withCrio('1.21.7', '[crio.runtime]\npids_limit = 0\n[crio]\nroot = "/var/lib/containers/storage"\n'),
        disks: {
          value: [
            { path: '/var/lib/containers', mountPoint: '/var', fsType: 'ext4', freeBytes: 200e6, totalBytes: 1e9 },
          ],
        },
      },
      options: { target: 'crio' },
      level: 'blocker',
      names: ['/var/lib/containers/storage', '0.3 GB', '/var'],
    },
    {
      what: 'a disk nobody looked at',
      change: { disks: { value: [] } },
      level: 'undecided',
      names: ['/var/lib/containerd'],
    },
  ],
  'local-images': [
    {
      what: 'images that CRI-O has to pull',
      change: withoutSkopeo,
      options: { target: 'crio' },
      level: 'warning',
      names: ['skopeo', 'pulls'],
    },
    {
      what: 'an image that no registry has, and no skopeo',
      change: { ...withoutSkopeo, docker: { value: { images: [builtHere] } } },
      options: { target: 'crio' },
      level: 'blocker',
      names: ['built.here/tool:1', 'install skopeo'],
    },
  ],
  'drain-refusals': [
    {
      what: 'a bare pod',
      change: withPods(pod({ name: 'bare', owners: [] })),
      level: 'blocker',
      names: ['default/bare', '--force'],
    },
    {
      what: 'an emptyDir',
      change: withPods(pod({ name: 'cache', hasEmptyDir: true })),
      level: 'blocker',
      names: ['default/cache', '--delete-emptydir-data'],
    },
    {
      what: 'an emptyDir that may go',
      change: withPods(pod({ name: 'cache', hasEmptyDir: true })),
      options: { drain: { deleteEmptyDirData: true } },
      level: 'warning',
      names: ['default/cache', 'emptyDir'],
    },
  ],
  'disruption-budgets': [
    {
      what: 'a budget that never allows one',
      change: { budgets: { value: [budget({ minAvailable: undefined, maxUnavailable: '0', disruptionsAllowed: 0 })] } },
      level: 'blocker',
      names: ['default/web-5d4f8-abcde', 'web', 'maxUnavailable'],
    },
    {
      what: 'two budgets on one pod',
      change: { budgets: { value: [budget(), budget({ name: 'web-too' })] } },
      level: 'blocker',
      names: ['web, web-too'],
    },
    {
      what: 'a budget that allows none now',
      change: { budgets: { value: [budget({ disruptionsAllowed: 0, currentHealthy: 1 })] } },
      level: 'warning',
      names: ['default/web-5d4f8-abcde', 'web'],
    },
  ],
  'control-plane': [
    {
      what: 'an API server',
      change: withPods(
        pod({
          namespace: 'kube-system',
          name: 'kube-apiserver-worker-1',
          owners: [],
          annotations: { 'kubernetes.io/config.mirror': 'x' },
        }),
      ),
      level: 'warning',
      names: ['kube-system/kube-apiserver-worker-1', 'etcd'],
    },
  ],
  'pre-stop-hooks': [
    {
      what: 'a hook of a DaemonSet',
      change: withPods(daemonSetPod({ name: 'storage-agent', preStopContainers: ['flush'] })),
      level: 'warning',
      names: ['kube-system/storage-agent', 'flush'],
    },
  ],
  'pinned-images': [
    {
      what: 'a digest Docker does not know',
      change: withPods(pod({ name: 'pinned', images: [`registry.lab/app@sha256:${'9'.repeat(64)}`] })),
      level: 'warning',
      names: ['default/pinned', '9'.repeat(64)],
    },
  ],
  'storage-driver': ['devicemapper', 'aufs', 'zfs', 'windowsfilter'].map((driver) => ({
    what: driver,
    change: { docker: { value: { storageDriver: driver } } },
    level: 'warning',
    names: [driver],
  })),
  'logging-driver': ['journald', 'local', 'none'].map((driver) => ({
    what: driver,
    change: { docker: { value: { loggingDriver: driver } } },
    level: 'warning',
    names: [driver],
  })),
};

function answers(of: NodeInventory, options: MigrateOptions = migrateOptions()): Notice[] {
  const input = { inventory: of, options, conversion: convert(of, options) };
  return gates.flatMap((gate) => gate.check(input).map((notice) => ({ gate: gate.id, ...notice })));
}

describe('gates', () => {
  it('let a clean node pass', () => {
    expect(answers(inventory())).toEqual([]);
  });

  it('are all tried below, each by the name of its file', () => {
    expect(Object.keys(CASES).sort()).toEqual(gates.map(({ id }) => id).sort());
    for (const { id } of gates)
      expect(existsSync(new URL(`../../../src/plan/gates/${id}.ts`, import.meta.url))).toBe(true);
  });

  it.each(gates.map((gate) => [gate.id, gate] as const))('%s says what it is for', (_id, gate) => {
    expect(gate.title).toMatch(/^[A-Z].*[^.]$/);
    expect(gate.why).toMatch(/^[A-Za-z].*\.$/);
    for (const link of gate.links) expect(new URL(link).protocol).toBe('https:');
  });

  describe.each(Object.entries(CASES))('%s', (id, cases) => {
    it.each(cases.map((one) => [one.what, one] as const))('speaks up, and alone, for %s', (_what, one) => {
      const notices = answers(inventory(one.change), migrateOptions(one.options));
      expect(notices.map(({ gate, level }) => ({ gate, level }))).toEqual([{ gate: id, level: one.level }]);
      const [notice] = notices;
      for (const name of one.names) expect(`${notice?.message}\n${notice?.fix}`).toContain(name);
      expect(notice?.message).not.toMatch(/\.$|undefined|\[object/);
      expect(notice?.fix).not.toBe('');
    });
  });

  const NEEDS: Readonly<Partial<Record<keyof NodeInventory, readonly string[]>>> = {
    node: ['managed-nodes', 'node-ready', 'other-actors'],
    pods: [
      ...['cni-plugins', 'control-plane', 'disruption-budgets', 'drain-refusals', 'pinned-images', 'pre-stop-hooks'],
      'runtime-classes',
    ],
    budgets: ['disruption-budgets'],
    kubelet: ['dockershim', 'network-plugin', 'version-pair'],
    cni: ['cni-network', 'cni-plugins'],
    disks: ['disk-space'],
    containerd: ['version-pair'],
    docker: [
      ...['components-in-docker', 'disk-space', 'docker-isolation', 'foreign-containers', 'logging-driver', 'rke'],
      ...['storage-driver', 'swarm-active'],
    ],
    migrations: ['earlier-migration'],
    os: [],
    packages: [],
    kernel: [],
    files: [],
    units: ['runtime-restart'],
  };

  it.each(Object.entries(NEEDS))('do not take an unknown %s for a no', (fact, undecided) => {
    const notices = answers(inventory({ [fact]: unknown('the host did not answer') }));
    expect(notices.map(({ gate }) => gate).sort()).toEqual([...undecided].sort());
    for (const { level, message } of notices) {
      expect(level).toBe('undecided');
      expect(message).toContain('because the host did not answer');
    }
  });
});

describe('gates let pass', () => {
  const fine: readonly (readonly [string, Overrides, Parameters<typeof migrateOptions>[0]?])[] = [
    [
      'runtime classes for the handler that every runtime has',
      { runtimeClasses: { value: [{ name: 'plain', handler: 'runc' }] } },
    ],
    ['runtime classes that could not be listed, and no pod has one', { runtimeClasses: unknown('no rights') }],
    [
      'a runtime class with a handler in config.toml',
      {
        ...withPods(pod({ name: 'sandboxed', runtimeClassName: 'gvisor' })),
        files: {
          value: {
            '/etc/containerd/config.toml': file(
              'version = 2\n[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.gvisor]\nruntime_type = "io.containerd.runsc.v1"\n',
            ),
          },
        },
      },
    ],
    ['the only network, whoever wrote it', withNetworks(['100-crio-bridge.conf', ['bridge', 'portmap']])],
    [
      "a foreign network after the cluster's",
      withNetworks(['10-lab.conflist', ['bridge', 'portmap']], ['87-podman.conflist', ['bridge']]),
    ],
    [
      'a broken file that nobody gets to',
      withNetworks(['10-lab.conflist', ['bridge', 'portmap']], ['99-broken.conf', []]),
    ],
    [
      'a digest that Docker knows',
      withPods(pod({ name: 'pinned', images: [`registry.lab/app:1@sha256:${'1'.repeat(64)}`] })),
    ],
    ['finished migrations', withJournal('rolled-back')],
    [
      'a restart of containerd that Docker lives through',
      {
        units: { value: { 'docker.service': { requires: ['containerd.service'] } } },
        docker: { value: { liveRestore: true } },
      },
    ],
    [
      'host ports of a pod on the network of the host',
      {
        ...withNetworks(['10-lab.conflist', ['bridge']]),
        ...withPods(daemonSetPod({ name: 'proxy', hostPorts: [80] })),
      },
    ],
    [
      'a container whose name only begins like etcd',
      {
        ...withContainers(
          dockerContainer({ name: 'etcd-browser', image: 'x/etcd-browser:1', state: 'exited', restartPolicy: 'no' }),
        ),
      },
      { foreign: 'keep-docker' },
    ],
    [
      'a budget of another namespace',
      {
        budgets: {
          value: [budget({ namespace: 'other', maxUnavailable: '0', minAvailable: undefined, disruptionsAllowed: 0 })],
        },
      },
    ],
    [
      'images that nothing uses on a small disk',
      {
        docker: {
          value: {
            images: [
              ...(clean.docker.known ? clean.docker.value.images : []),
              { id: 'sha256:unused', tags: ['old:1'], digests: [`old@sha256:${'8'.repeat(64)}`], sizeBytes: 80e9 },
            ],
          },
        },
      },
    ],
  ];

  it.each(fine.map(([what, ...rest]) => [what, rest] as const))('%s', (_what, [change, options]) => {
    expect(answers(inventory(change), migrateOptions(options))).toEqual([]);
  });

  it('a small disk when the images have arrived already', () => {
    const docker = clean.docker.known ? clean.docker.value : undefined;
    const change: Overrides = {
      disks: {
        value: [{ path: '/var/lib/containerd', mountPoint: '/', fsType: 'ext4', freeBytes: 1e6, totalBytes: 1e9 }],
      },
      criEndpoints: [
        {
          endpoint: 'unix:///run/containerd/containerd.sock',
          status: known(
            {
              api: 'runtime.v1',
              runtimeName: 'containerd',
              runtimeVersion: '1.6.20',
              conditions: [],
              info: {},
              sandboxes: [],
              containers: [],
              images: docker?.images ?? [],
              imageFilesystems: [],
            },
            'the CRI',
          ),
        },
      ],
    };
    expect(answers(inventory(change))).toEqual([]);
  });
});
