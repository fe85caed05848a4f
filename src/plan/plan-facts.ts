import { digestOf } from '../core/digest.js';
import type { Fact } from '../core/fact.js';
import type { NodeInventory, UnitFacts } from '../core/inventory.js';

const CRI_SOCKET = 'kubeadm.alpha.kubernetes.io/cri-socket';

/**
 * Digests of what a plan rests on, by name. What moves while a node simply goes on working is not in: pids, heartbeats, pods,
 * images, free space. A fact that is unknown has a digest too: to become known is to move, for another reason is not.
 */
export function planFacts(inventory: NodeInventory): Readonly<Record<string, string>> {
  const { os, packages, units, kubelet, cni, kernel, files, containerd, crio, criDockerd, docker, node } = inventory;
  const facts: Record<string, string> = {
    os: digest(os, ({ id, versionId, kernel: release, architecture }) => ({ id, versionId, release, architecture })),
    packages: digest(packages, (value) => value),
    units: digest(units, (byName) =>
      Object.fromEntries(Object.entries(byName).map(([name, unit]) => [name, lasting(unit)])),
    ),
    kubelet: digest(kubelet, (value) => ({ ...value, pid: null })),
    cni: digest(cni, (value) => value),
    kernel: digest(kernel, ({ cgroupVersion, sysctls }) => ({ cgroupVersion, sysctls })),
    containerd: digest(containerd, ({ binary, version }) => ({ binary, version })),
    'cri-o': digest(crio, ({ binary, version, configPath, configDir }) => ({ binary, version, configPath, configDir })),
    'cri-dockerd': digest(criDockerd, ({ binary, version, execStart }) => ({ binary, version, execStart })),
    docker: digest(
      docker,
      ({ version, storageDriver, cgroupDriver, rootDir, swarmState, defaultRuntime, daemonJson }) => ({
        ...{ version, storageDriver, cgroupDriver, rootDir, swarmState, defaultRuntime, daemonJson },
      }),
    ),
    'foreign containers': digest(docker, ({ containers }) =>
      containers
        .filter(({ owner }) => owner.kind !== 'dockershim')
        .map(({ id, name }) => ({ id, name }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    ),
    node: digest(node, ({ unschedulable, annotations, kubeletVersion, runtimeVersion }) => ({
      ...{ unschedulable, kubeletVersion, runtimeVersion, criSocket: annotations[CRI_SOCKET] ?? null },
    })),
  };
  if (!files.known) return { ...facts, files: digest(files, () => null) };
  for (const [path, { exists, sha256, mode }] of Object.entries(files.value)) {
    facts[`file:${path}`] = digestOf({ exists, sha256, mode });
  }
  return facts;
}

/** A unit that is being restarted is still a unit that is to run. */
function lasting({
  loadState,
  activeState,
  unitFileState,
  fragmentPath,
  dropInPaths,
  requires,
  bindsTo,
  partOf,
}: UnitFacts) {
  const runs = activeState === 'active' || activeState === 'activating' || activeState === 'reloading';
  return { loadState, runs, unitFileState, fragmentPath, dropInPaths, requires, bindsTo, partOf };
}

const digest = <T>(fact: Fact<T>, project: (value: T) => unknown): string =>
  digestOf(fact.known ? { known: project(fact.value) } : { known: null });
