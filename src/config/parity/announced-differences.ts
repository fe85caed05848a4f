import type { AnnouncedDifference } from '../../core/conversion.js';
import type { DockerFacts, FileFacts, UnitFacts } from '../../core/inventory.js';
import type { RuntimeIntent, RuntimeTarget } from '../runtime-intent.js';
import { crioDifferences } from './crio-differences.js';
import { limitDifferences } from './limit-differences.js';
import { portDifferences } from './port-differences.js';
import { since } from './since.js';

export interface DifferencesInput {
  readonly intent: RuntimeIntent;
  readonly target: RuntimeTarget;
  /** Undefined where Docker was not asked, as in a conversion without a node. */
  readonly docker: DockerFacts | undefined;
  /** Text of `crio config`; undefined where CRI-O could not be asked: its defaults are taken. */
  readonly crioEffective: string | undefined;
  /** Text of the config.toml that containerd is to have. */
  readonly containerdConfig?: string | undefined;
  readonly units?: Readonly<Record<string, UnitFacts>> | undefined;
  readonly files?: Readonly<Record<string, FileFacts>> | undefined;
}

/**
 * What pods will find otherwise than under Docker, as far as the migration knows: that, and nothing else, may differ when
 * a probe of each runtime is compared.
 */
export function announcedDifferences(input: DifferencesInput): readonly AnnouncedDifference[] {
  if (input.target.kind === 'cri-dockerd') return [];
  return [
    ...logDifferences(input),
    ...profileDifferences(input),
    ...daemonDifferences(input),
    ...portDifferences(input),
    ...limitDifferences(input),
    ...(input.target.kind === 'crio' ? crioDifferences(input) : []),
  ];
}

const ofRuntime = ({ target }: DifferencesInput): string => (target.kind === 'crio' ? 'CRI-O' : 'containerd');

function logDifferences(input: DifferencesInput): AnnouncedDifference[] {
  const driver = input.docker?.loggingDriver ?? 'json-file';
  return [
    {
      aspect: 'log-format',
      note: `${driver === 'json-file' ? 'a line of a log is no JSON object any more but' : `logs no longer go to ${driver}: a line is`} a time, a stream, a tag and the text, as the CRI has it`,
    },
    {
      aspect: 'log-path',
      note: `${ofRuntime(input)} writes to the file below /var/log/pods itself, which was a link into Docker's directory: whoever reads logs needs /var/lib/docker/containers no more`,
    },
    ...(input.intent.kubeletFields['containerLogMaxSize'] === undefined ? [UNLIMITED] : []),
  ];
}

/** Not among what a probe compares: a probe writes no log. */
const UNLIMITED: AnnouncedDifference = {
  aspect: 'log-rotation',
  note: 'the kubelet rotates and compresses logs, where Docker let them grow without end: at containerLogMaxSize and containerLogMaxFiles, 10Mi and 5 unless it is told otherwise',
};

/** The profiles allow and deny much the same; only their names differ, and scripts look for names. */
function profileDifferences(input: DifferencesInput): AnnouncedDifference[] {
  const options = input.docker?.securityOptions;
  const found: AnnouncedDifference[] = [];
  if (options === undefined || options.some((one) => one.startsWith('name=apparmor'))) {
    const name = input.target.kind === 'crio' ? 'crio-default' : 'cri-containerd.apparmor.d';
    const note = `a container without an AppArmor profile of its own gets ${name} instead of docker-default`;
    found.push({ aspect: 'apparmor', note });
  }
  const unconfined = options?.some((one) => /^name=seccomp,.*profile=unconfined/.test(one)) === true;
  const without = options !== undefined && !options.some((one) => one.startsWith('name=seccomp'));
  if (unconfined || without || input.intent.seccompProfile === 'unconfined') {
    const note = `pods that ask for the seccomp profile RuntimeDefault got none from this Docker, and get that of ${ofRuntime(input)}`;
    found.push({ aspect: 'seccomp', note });
  }
  return found;
}

/** Settings of daemon.json that dockershim left in force for pods, and that no other runtime has. */
function daemonDifferences({ docker, intent, target }: DifferencesInput): AnnouncedDifference[] {
  const settings = docker?.daemonJson ?? {};
  const found: AnnouncedDifference[] = [];
  if (settings['init'] === true) {
    const note = "Docker's init no longer runs before a container's own process: nobody reaps its orphans";
    found.push(...['init', 'mount:/sbin/docker-init', 'mount:/dev/init'].map((aspect) => ({ aspect, note })));
  }
  if (settings['no-new-privileges'] === true) {
    const note = 'processes may gain privileges again unless the pod says allowPrivilegeEscalation: false';
    found.push({ aspect: 'no-new-privileges', note });
  }
  if (settings['default-cgroupns-mode'] !== undefined) {
    const note = 'the runtime gives containers a cgroup namespace of their own with cgroup version 2, and none with 1';
    found.push({ aspect: 'cgroup:namespace', note });
  }
  if (target.kind === 'containerd' && !since(docker?.version, '20.10.14')) {
    const note = 'containers no longer have inheritable capabilities, which older Docker gave them';
    found.push({ aspect: 'inheritable-capabilities', note });
  }
  if (intent.selinux) {
    const note = "the new runtime labels a container's processes itself";
    found.push({ aspect: 'selinux', note });
  }
  return found;
}
