import type { Conversion, GeneratedFile } from '../core/conversion.js';
import { valueOf, type Fact } from '../core/fact.js';
import type { DockerFacts, KubeletFacts, NodeInventory } from '../core/inventory.js';
import type { MigrateOptions, Notice } from '../core/plan.js';
import { cniDirectories, containerdFile } from './containerd/containerd-file.js';
import { containerdService } from './containerd/containerd-service.js';
import { conversionUndecided } from './conversion-undecided.js';
import { crictlFile } from './node/crictl-file.js';
import { daemonJsonNotices } from './docker/daemon-json.js';
import { dockerFileNotices } from './docker/docker-files.js';
import { dockerdFlags } from './docker/dockerd-flags.js';
import { kernelFiles } from './node/kernel-files.js';
import { CONTAINERD_ENDPOINT, CRIO_ENDPOINT } from './kubelet/kubelet-endpoint.js';
import { kubeletSources } from './kubelet/kubelet-sources.js';
import { sandboxImage } from './kubelet/sandbox-image.js';
import { snapshotterFor } from './containerd/snapshotter.js';

export interface ConvertedFiles {
  readonly files: readonly GeneratedFile[];
  readonly notices: readonly Notice[];
}

const CONTAINERD_UNIT = 'containerd.service';
const KUBELET_UNIT = 'kubelet.service';
const DOCKER_UNIT = 'docker.service';
const DAEMON_JSON = '/etc/docker/daemon.json';

/** What a node's configuration becomes under the target runtime. What is not known is said, and nothing written for it. */
export function convert(inventory: NodeInventory, options: MigrateOptions): Conversion {
  switch (options.target) {
    case 'containerd':
      return toContainerd(inventory);
    case 'crio':
      return toCrio(inventory);
    case 'cri-dockerd':
      return toCrio(inventory);
  }
}

function toContainerd(inventory: NodeInventory): Conversion {
  const { facts, notices } = factsOf(inventory);
  const { files, kubelet, docker, containerd, kernel, units } = facts;
  const unit = units?.[KUBELET_UNIT];
  if (units !== undefined && unit === undefined) {
    notices.push(conversionUndecided(KUBELET_UNIT, 'it is not among the units that were looked at'));
  }
  const image = kubelet === undefined ? undefined : sandboxImage(kubelet);
  if (kubelet !== undefined && image === undefined) {
    notices.push(conversionUndecided('the sandbox image', `the kubelet's version reads "${kubelet.version}"`));
  }
  const service = containerdService(files ?? {}, units?.[CONTAINERD_UNIT]);
  const snapshotter = snapshotterFor(docker?.storageDriver ?? '', valueOf(inventory.disks) ?? []);
  const base = {
    runtimeUnit: CONTAINERD_UNIT,
    endpoint: service.endpoint ?? CONTAINERD_ENDPOINT,
    // Where the kubelet is not known a notice says so, and no file is made from these two.
    cgroupDriver: kubelet?.cgroupDriver ?? 'cgroupfs',
    sandboxImage: image ?? '',
    runtimeConfigPath: service.configPath,
  } as const;

  const parts: ConvertedFiles[] = [];
  const held = kernel === undefined ? undefined : kernelFiles(kernel, files ?? {}, snapshotter === 'overlayfs');
  if (held !== undefined && files !== undefined) parts.push({ files: held.files, notices: [] });
  if (
    files !== undefined &&
    kubelet !== undefined &&
    docker !== undefined &&
    containerd !== undefined &&
    image !== undefined
  ) {
    const { version } = containerd;
    const cni = cniDirectories(inventory, kubelet);
    const defaultRuntime = defaultRuntimeOf(docker);
    parts.push(
      containerdFile({ ...base, ...cni, path: service.configPath, version, snapshotter, defaultRuntime }, files),
    );
  }
  if (files !== undefined && kubelet !== undefined && unit !== undefined) {
    parts.push(kubeletSources({ kubelet, files, unit, runtimeUnit: CONTAINERD_UNIT, endpoint: base.endpoint }));
    parts.push(crictlFile(files, base.endpoint));
  }
  if (kubelet !== undefined && docker !== undefined) notices.push(...cgroupDriverNotices(kubelet, docker));
  notices.push(...parts.flatMap((part) => part.notices));
  if (docker !== undefined) notices.push(...daemonJsonNotices(docker.daemonJson, DAEMON_JSON));
  if (files !== undefined) {
    const flags = dockerdFlags(files, units?.[DOCKER_UNIT]);
    notices.push(
      ...(flags === undefined ? [] : daemonJsonNotices(flags.settings, flags.path)),
      ...dockerFileNotices(files),
    );
  }

  const generated = parts.flatMap((part) => part.files);
  return {
    ...base,
    settings: [],
    differences: [],
    manifests: [],
    files: generated,
    notices,
    kernelModules: held?.modules ?? [],
    sysctls: held?.sysctls ?? {},
  };
}

/** The facts a conversion rests on, and a notice for each that is not known. */
function factsOf({ files, kubelet, docker, containerd, kernel, units }: NodeInventory) {
  const notices: Notice[] = [];
  const know = <T>(fact: Fact<T>, subject: string): T | undefined => {
    if (!fact.known) notices.push(conversionUndecided(subject, fact.why));
    return valueOf(fact);
  };
  const facts = {
    files: know(files, 'configuration files'),
    kubelet: know(kubelet, 'the kubelet'),
    docker: know(docker, 'Docker'),
    containerd: know(containerd, 'containerd'),
    kernel: know(kernel, 'the kernel'),
    units: know(units, "systemd's units"),
  };
  return { facts, notices };
}

/** Docker has other names for its own runc. */
const defaultRuntimeOf = ({ defaultRuntime }: DockerFacts): string =>
  /^(?:|io\.containerd\.runc\.v\d)$/.test(defaultRuntime) ? 'runc' : defaultRuntime;

/** dockershim refuses to start with two drivers; a remote runtime starts, and its pods restart for ever. */
function cgroupDriverNotices(kubelet: KubeletFacts, docker: DockerFacts): Notice[] {
  if (kubelet.cgroupDriver === docker.cgroupDriver) return [];
  const message = `the kubelet has the cgroup driver ${kubelet.cgroupDriver}, Docker has ${docker.cgroupDriver}`;
  const fix =
    'give both the same (native.cgroupdriver in daemon.json, cgroupDriver of the kubelet), restart them, and plan again';
  return [{ gate: 'cgroup-driver', level: 'blocker', message, fix }];
}

function toCrio({ kubelet }: NodeInventory): Conversion {
  const facts = valueOf(kubelet);
  const message = 'CRI-O is not supported as a target yet';
  return {
    files: [],
    notices: [{ gate: 'target', level: 'blocker', message, fix: 'use --target containerd' }],
    runtimeUnit: 'crio.service',
    endpoint: CRIO_ENDPOINT,
    cgroupDriver: facts?.cgroupDriver ?? 'cgroupfs',
    sandboxImage: (facts === undefined ? undefined : sandboxImage(facts)) ?? '',
    kernelModules: [],
    sysctls: {},
    runtimeConfigPath: '/etc/crio/crio.conf',
    settings: [],
    differences: [],
    manifests: [],
  };
}
