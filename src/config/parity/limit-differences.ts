import type { AnnouncedDifference } from '../../core/conversion.js';
import { usesSystemContainerd } from '../docker/uses-system-containerd.js';
import type { DifferencesInput } from './announced-differences.js';
import { unitLimits } from './unit-limits.js';

/**
 * Containers inherit the limits of whatever starts their shim: of containerd.service with a Docker that uses the system's
 * containerd, of docker.service with one that has its own. Those of Docker's default-ulimits come along.
 */
export function limitDifferences(input: DifferencesInput): AnnouncedDifference[] {
  const { intent, target, docker, units = {}, files = {} } = input;
  const afterUnit = target.kind === 'crio' ? 'crio.service' : 'containerd.service';
  const shared = docker === undefined || usesSystemContainerd(docker);
  const beforeUnit = shared ? 'containerd.service' : 'docker.service';
  const before = unitLimits(units[beforeUnit], files) ?? {};
  const now = unitLimits(units[afterUnit], files) ?? {};
  const carried = Object.fromEntries(
    intent.serviceDirectives.filter(({ key }) => key.startsWith('Limit')).map(({ key, value }) => [key, value]),
  );
  const after = { ...now, ...carried };
  const settled = intent.ulimits.map(({ name }) => `Limit${name.toUpperCase()}`);
  const moved = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => before[key] !== after[key] && !settled.includes(key))
    .sort()
    .map((key) => ({
      aspect: `ulimit:${key.slice('Limit'.length).toLowerCase()}`,
      note: `containers inherited ${key}=${said(before[key])} from ${beforeUnit}, and inherit ${said(after[key])} from ${afterUnit}`,
    }));
  return [...moved, ...raisedByGo(input)];
}

/** An early Go 1.19 or 1.20 raises the soft limit of open files to the hard one, and its children keep that. */
function raisedByGo({ intent, target }: DifferencesInput): AnnouncedDifference[] {
  const nofile = intent.ulimits.find(({ name }) => name === 'nofile');
  if (target.kind !== 'containerd' || nofile === undefined || nofile.soft === nofile.hard) return [];
  const note = `the soft limit of open files is ${nofile.hard} and not ${nofile.soft} under a containerd built with an early Go 1.19 or 1.20, which raises its own to the hard one`;
  return [{ aspect: 'ulimit:nofile', note }];
}

const said = (limit: string | undefined): string => (limit === undefined ? "systemd's default" : limit);
