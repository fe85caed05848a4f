import { describe, expect, it } from 'vitest';
import { unknown } from '../../src/core/fact.js';
import type { NodeInventory } from '../../src/core/inventory.js';
import { cgroupDriver } from '../../src/rules/cgroup-driver.js';
import { cni } from '../../src/rules/cni.js';
import { daemonJson } from '../../src/rules/daemon-json.js';
import { disk } from '../../src/rules/disk.js';
import { gpu } from '../../src/rules/gpu.js';
import { kubeletFlag } from '../../src/rules/kubelet-flag.js';
import { nodeContainer } from '../../src/rules/node-container.js';
import { nodeCriAnnotation } from '../../src/rules/node-cri-annotation.js';
import { nodeCriDockerd } from '../../src/rules/node-cri-dockerd.js';
import { nodeRuntimeDocker } from '../../src/rules/node-runtime-docker.js';
import type { Hit, Rule, Scene } from '../../src/rules/rule.js';
import { systemdRequiresDocker } from '../../src/rules/systemd-requires-docker.js';
import { ulimits } from '../../src/rules/ulimits.js';
import { dockerContainer, file, inventory, NO_FILE, pod, unit } from '../fixtures/inventory.js';

const SCENE: Scene = { target: 'containerd', kubernetes: undefined, dataRoots: ['/var/lib/docker'] };

const judge = (rule: Rule, node: NodeInventory, scene: Partial<Scene> = {}) => [
  ...(rule.node?.(node, { ...SCENE, ...scene }) ?? []),
];

const hits = (rule: Rule, node: NodeInventory, scene: Partial<Scene> = {}): Hit[] =>
  judge(rule, node, scene).filter((one): one is Hit => 'message' in one);

const severities = (rule: Rule, node: NodeInventory, scene: Partial<Scene> = {}) =>
  hits(rule, node, scene).map(({ severity }) => severity ?? rule.severity);

const onContainerd = (): NodeInventory =>
  inventory({
    node: {
      value: {
        runtimeVersion: 'containerd://1.6.20',
        kubeletVersion: 'v1.26.1',
        annotations: { 'kubeadm.alpha.kubernetes.io/cri-socket': 'unix:///run/containerd/containerd.sock' },
      },
    },
    kubelet: {
      value: {
        version: '1.26.1',
        flags: {},
        runtime: { kind: 'containerd', endpoint: 'unix:///run/containerd/containerd.sock' },
      },
    },
    docker: unknown('there is no Docker socket'),
  });

const onCriDockerd = (): NodeInventory =>
  inventory({
    node: {
      value: {
        runtimeVersion: 'docker://24.0.2',
        kubeletVersion: 'v1.26.1',
        annotations: { 'kubeadm.alpha.kubernetes.io/cri-socket': 'unix:///run/cri-dockerd.sock' },
      },
    },
    kubelet: {
      value: {
        version: '1.26.1',
        flags: {},
        runtime: { kind: 'cri-dockerd', endpoint: 'unix:///run/cri-dockerd.sock' },
      },
    },
  });

const RULES = [
  ...[cgroupDriver, cni, daemonJson, disk, gpu, kubeletFlag, nodeContainer, nodeCriAnnotation, nodeCriDockerd],
  ...[nodeRuntimeDocker, systemdRequiresDocker, ulimits],
];

describe('rules on nodes', () => {
  it.each(RULES)('$id finds nothing on a node that runs containerd and has no Docker', (rule) => {
    expect(judge(rule, onContainerd())).toEqual([]);
  });

  it.each([
    [nodeRuntimeDocker, { kubelet: unknown('ps failed'), node: unknown('no kubeconfig') }, 'ps failed'],
    [nodeCriDockerd, { kubelet: unknown('ps failed'), node: unknown('no kubeconfig') }, 'ps failed'],
    [nodeCriAnnotation, { node: unknown('no kubeconfig') }, 'no kubeconfig'],
    [kubeletFlag, { kubelet: unknown('ps failed') }, 'ps failed'],
    [cgroupDriver, { docker: unknown('permission denied') }, 'permission denied'],
    [cni, { cni: unknown('the directory cannot be read') }, 'the directory cannot be read'],
    [nodeContainer, { docker: unknown('permission denied') }, 'permission denied'],
    [gpu, { docker: unknown('permission denied'), packages: unknown('no dpkg') }, 'permission denied'],
    [disk, { disks: unknown('df failed') }, 'df failed'],
    [ulimits, { units: unknown('no systemd') }, 'no systemd'],
    [systemdRequiresDocker, { units: unknown('no systemd') }, 'no systemd'],
    [daemonJson, { files: unknown('permission denied') }, 'permission denied'],
  ] as const)('$id says what it could not look at', (rule, missing, why) => {
    expect(judge(rule, inventory(missing))).toContainEqual({ undecided: why });
  });
});

describe('node-runtime-docker', () => {
  it('tells dockershim from cri-dockerd by what the kubelet uses', () => {
    expect(severities(nodeRuntimeDocker, inventory())).toEqual(['error']);
    expect(severities(nodeRuntimeDocker, onCriDockerd())).toEqual(['note']);
  });

  it('goes by the API server where nobody looked at the host', () => {
    const seen = inventory({ kubelet: unknown('only the API was asked') });
    expect(hits(nodeRuntimeDocker, seen)[0]?.message).toContain('by dockershim (kubelet v1.21.2)');
  });

  it('only warns when the upgrade stops before 1.24', () => {
    expect(severities(nodeRuntimeDocker, inventory(), { kubernetes: '1.23' })).toEqual(['warning']);
  });
});

describe('node-cri-dockerd', () => {
  it('is a note for who stays, and a warning for who leaves', () => {
    expect(severities(nodeCriDockerd, onCriDockerd())).toEqual(['warning']);
    expect(severities(nodeCriDockerd, onCriDockerd(), { target: 'cri-dockerd' })).toEqual(['note']);
    expect(hits(nodeCriDockerd, inventory())).toEqual([]);
  });
});

describe('node-cri-annotation', () => {
  it('is worse once the node has another runtime', () => {
    const key = 'kubeadm.alpha.kubernetes.io/cri-socket';
    const stale = inventory({
      ...onContainerd(),
      node: { value: { annotations: { [key]: '/var/run/dockershim.sock' } } },
    });
    expect(severities(nodeCriAnnotation, inventory())).toEqual(['warning']);
    expect(severities(nodeCriAnnotation, stale)).toEqual(['error']);
    expect(hits(nodeCriAnnotation, stale, { target: 'crio' })[0]?.fix).toContain(
      `${key}=unix:///var/run/crio/crio.sock`,
    );
  });
});

describe('kubelet-flag', () => {
  it('leaves flags to the files that give them', () => {
    expect(hits(kubeletFlag, inventory())).toEqual([]);
  });

  it('finds flags that no file explains', () => {
    const files = { value: { '/var/lib/kubelet/kubeadm-flags.env': NO_FILE } };
    expect(hits(kubeletFlag, inventory({ files }))).toMatchObject([
      { severity: 'error', evidence: '--network-plugin=cni' },
    ]);
  });

  it('knows when a flag goes', () => {
    const given = inventory({
      ...onContainerd(),
      kubelet: {
        value: {
          flags: { 'container-runtime': 'remote', 'pod-infra-container-image': 'pause:3.9', 'cni-bin-dir': '/x' },
        },
      },
      files: { value: { '/var/lib/kubelet/kubeadm-flags.env': NO_FILE } },
    });
    expect(severities(kubeletFlag, given, { kubernetes: '1.23' })).toEqual(['warning', 'note']);
    expect(severities(kubeletFlag, given, { kubernetes: '1.27' })).toEqual(['error', 'error']);
    expect(severities(kubeletFlag, given, { kubernetes: '1.35' })).toEqual(['error', 'error', 'error']);
  });
});

describe('cgroup-driver', () => {
  it('compares the kubelet with Docker and with containerd', () => {
    const other = inventory({ docker: { value: { cgroupDriver: 'cgroupfs' } } });
    expect(severities(cgroupDriver, inventory())).toEqual([]);
    expect(severities(cgroupDriver, other)).toEqual(['error']);
    const effectiveConfig = '  [plugins.x.options]\n    SystemdCgroup = false\n';
    const prepared = inventory({ containerd: { value: { effectiveConfig } } });
    expect(severities(cgroupDriver, prepared)).toEqual(['warning']);
    const inUse = inventory({ ...onContainerd(), containerd: { value: { effectiveConfig } } });
    expect(severities(cgroupDriver, inUse)).toEqual(['error']);
  });
});

describe('daemon-json', () => {
  it('leaves the settings to the file that was read, and tells of certificates and proxies', () => {
    const certificate = { '/etc/docker/certs.d/registry.example/ca.crt': file('-----BEGIN CERTIFICATE-----\n') };
    expect(hits(daemonJson, inventory())).toEqual([]);
    expect(hits(daemonJson, inventory({ files: { value: certificate } }))).toMatchObject([
      { evidence: '/etc/docker/certs.d/registry.example' },
    ]);
  });

  it('goes by what Docker says where the file was not read', () => {
    const files = { value: { '/etc/docker/daemon.json': NO_FILE } };
    const docker = { value: { daemonJson: { 'userns-remap': 'default', bip: '172.30.0.1/16' } } };
    expect(hits(daemonJson, inventory({ files, docker }))).toMatchObject([
      { severity: 'error', evidence: 'userns-remap' },
    ]);
    expect(hits(daemonJson, inventory({ files, docker }), { target: 'cri-dockerd' })).toEqual([]);
  });
});

describe('ulimits', () => {
  const files = (docker: string, containerd: string) => ({
    value: {
      '/lib/systemd/system/docker.service': file(`[Service]\nExecStart=/usr/bin/dockerd\n${docker}`),
      '/lib/systemd/system/containerd.service': file(`[Service]\nExecStart=/usr/bin/containerd\n${containerd}`),
    },
  });

  it('compares the open files of both units', () => {
    const differ = inventory({ files: files('LimitNOFILE=65535\n', 'LimitNOFILE=infinity\n') });
    expect(hits(ulimits, differ)[0]?.message).toContain(
      '65535 open files with Docker and infinity with containerd.service',
    );
    expect(hits(ulimits, inventory({ files: files('LimitNOFILE=infinity\n', 'LimitNOFILE=1048576\n') }))).toEqual([]);
  });

  it("prefers Docker's own setting to its unit's", () => {
    const daemonJson = { 'default-ulimits': { nofile: { Name: 'nofile', Soft: 1024, Hard: 4096 } } };
    const set = inventory({
      docker: { value: { daemonJson } },
      files: files('LimitNOFILE=infinity\n', 'LimitNOFILE=infinity\n'),
    });
    expect(hits(ulimits, set)[0]?.fix).toContain('LimitNOFILE=1024:4096');
  });
});

describe('systemd-requires-docker', () => {
  const bound = { 'kubelet.service': unit({ requires: ['docker.service'] }) };

  it('finds what no file says', () => {
    expect(hits(systemdRequiresDocker, inventory({ units: { value: bound } }))).toMatchObject([
      { severity: 'error', evidence: 'kubelet.service: docker.service' },
    ]);
  });

  it('leaves a unit to the file that says so', () => {
    const path = '/etc/systemd/system/kubelet.service.d/docker.conf';
    const said = inventory({
      units: { value: { 'kubelet.service': unit({ requires: ['docker.service'], dropInPaths: [path] }) } },
      files: { value: { [path]: file('[Unit]\nRequires=docker.service\n[Service]\nExecStart=/usr/bin/kubelet\n') } },
    });
    expect(hits(systemdRequiresDocker, said)).toEqual([]);
    // The same file alone does not show that it is the kubelet's.
    const nameless = inventory({ ...said, files: { value: { [path]: file('[Unit]\nRequires=docker.service\n') } } });
    expect(severities(systemdRequiresDocker, nameless)).toEqual(['error']);
  });
});

describe('node-container', () => {
  const withContainers = (...containers: readonly ReturnType<typeof dockerContainer>[]): NodeInventory =>
    inventory({ docker: { value: { containers } } });

  it('finds nothing where Docker runs pods alone', () => {
    expect(hits(nodeContainer, inventory())).toEqual([]);
  });

  it('names containers, how they restart, and those of one stack together', () => {
    const found = hits(
      nodeContainer,
      withContainers(
        dockerContainer(),
        dockerContainer({ name: 'web', owner: { kind: 'compose', project: 'shop' } }),
        dockerContainer({ name: 'db', owner: { kind: 'compose', project: 'shop' } }),
        dockerContainer({ name: 'old', state: 'exited', restartPolicy: 'no' }),
      ),
    );
    expect(found.map(({ severity, evidence }) => [severity, evidence])).toEqual([
      ['error', 'nightly-backup (running, restart always)'],
      ['error', 'web (running, restart always) and db (running, restart always)'],
      ['note', 'old (exited)'],
    ]);
  });
});

describe('cni', () => {
  it.each([
    ['no network', { cni: { value: { networks: [] } } }, /has no CNI network/],
    ['kubenet', { kubelet: { value: { flags: { 'network-plugin': 'kubenet' } } } }, /--network-plugin=kubenet/],
    ['no plugin', { kubelet: { value: { flags: { 'network-plugin': '' } } } }, /Docker's bridge/],
    ['no loopback', { cni: { value: { binaries: ['bridge'] } } }, /no loopback plugin/],
    [
      'a package’s network before that of the cluster',
      {
        cni: {
          value: {
            networks: [
              {
                file: '10-containerd-net.conflist',
                name: 'containerd-net',
                cniVersion: '1.0.0',
                pluginTypes: ['bridge'],
              },
              { file: '20-lab.conflist', name: 'lab', cniVersion: '0.4.0', pluginTypes: ['bridge', 'portmap'] },
            ],
          },
        },
      },
      /10-containerd-net\.conflist of node worker-1 sorts before/,
    ],
    [
      'a host port without portmap',
      {
        pods: { value: [pod({ hostPorts: [8080] })] },
        cni: {
          value: { networks: [{ file: '10-lab.conf', name: 'lab', cniVersion: '0.4.0', pluginTypes: ['bridge'] }] },
        },
      },
      /no portmap plugin/,
    ],
  ])('finds %s', (_what, overrides, message) => {
    expect(hits(cni, inventory(overrides)).map((hit) => hit.message)).toEqual([expect.stringMatching(message)]);
  });

  it('is content with one network and its plugins', () => {
    expect(judge(cni, inventory())).toEqual([]);
  });
});

describe('gpu', () => {
  it('is sure where the node offers GPUs', () => {
    const docker = { value: { runtimes: { runc: 'runc', nvidia: 'nvidia-container-runtime' } } };
    const offering = inventory({ docker, node: { value: { allocatable: { 'nvidia.com/gpu': '2' } } } });
    expect(hits(gpu, inventory({ docker }))).toMatchObject([{ confidence: 'possible' }]);
    expect(hits(gpu, offering)[0]?.confidence).toBeUndefined();
    expect(hits(gpu, inventory())).toEqual([]);
  });
});

describe('disk', () => {
  const disks = (dockerMount: string, freeBytes: number) => ({
    value: ['/var/lib/containerd', '/var/lib/docker'].map((path) => ({
      path,
      mountPoint: path === '/var/lib/docker' ? dockerMount : '/',
      fsType: 'ext4',
      freeBytes,
      totalBytes: 100e9,
    })),
  });

  it("finds a disk that is Docker's own, the worse the less room there is elsewhere", () => {
    expect(severities(disk, inventory({ disks: disks('/var/lib/docker', 50e9) }))).toEqual(['warning']);
    expect(severities(disk, inventory({ disks: disks('/var/lib/docker', 1e6) }))).toEqual(['error']);
  });

  it('finds that the images have no room a second time', () => {
    expect(severities(disk, inventory({ disks: disks('/', 1e6) }))).toEqual(['warning']);
    expect(severities(disk, inventory({ disks: disks('/', 50e9) }))).toEqual([]);
  });
});
