import { crioCapabilities as capabilitiesOf } from '../../config/crio/crio-capabilities.js';
import { dockerCapabilities } from '../../config/docker/docker-capabilities.js';
import type { ClusterPod, ContainerSecurity } from '../../core/cluster-objects.js';
import type { Gate } from '../gate.js';
import { counted } from './counted.js';
import { nameList } from './name-list.js';
import { notKnown } from './not-known.js';
import { podName } from './pod-name.js';

export const crioCapabilities: Gate = {
  id: 'crio-capabilities',
  title: 'No pod loses a capability that it uses',
  why: 'Docker gives containers fourteen capabilities, CRI-O nine of them: NET_RAW (ping), SYS_CHROOT, MKNOD, AUDIT_WRITE (sshd, su) and SETFCAP are missing. Who needs one finds out by "Operation not permitted". Whether a container uses what it may use cannot be seen from outside.',
  links: ['https://github.com/cri-o/cri-o/blob/main/docs/crio.conf.5.md'],
  check: ({ inventory: { crio, pods }, options }) => {
    // Without CRI-O another gate speaks.
    if (options.target !== 'crio' || !crio.known) return [];
    const given = capabilitiesOf(crio.value.effectiveConfig);
    const lost = dockerCapabilities.filter((name) => !given.includes(name));
    if (lost.length === 0) return [];
    if (!pods.known) return [notKnown('which pods lose a capability', pods.why)];
    const unseen = pods.value.filter(({ security }) => security === undefined);
    if (unseen.length > 0) {
      return [
        notKnown(
          'which pods lose a capability',
          `the inventory does not tell what ${nameList(unseen.map(podName))} may do`,
        ),
      ];
    }
    const losing = pods.value.map((pod) => ({ pod, names: lostBy(pod, lost) })).filter(({ names }) => names.length > 0);
    if (losing.length === 0) return [];
    const names = lost.filter((name) => losing.some((one) => one.names.includes(name)));
    const message = `${counted(losing.length, 'pod')} may use ${names.join(', ')}, which Docker gives to every container and CRI-O to none that does not ask: ${nameList(losing.map(({ pod }) => podName(pod)))}`;
    return [
      {
        level: 'warning',
        message,
        fix: `add the ones that are used to capabilities.add of these pods, or to default_capabilities in a drop-in of CRI-O (${[...given, ...names].join(', ')})`,
      },
    ];
  },
};

function lostBy({ security = [] }: ClusterPod, lost: readonly string[]): readonly string[] {
  return lost.filter((name) => security.some((container) => mayUse(container, name)));
}

/** Others than root have none of them. */
function mayUse({ privileged, runAsUser, runAsNonRoot, adds, drops }: ContainerSecurity, name: string): boolean {
  if (privileged || runAsNonRoot || (runAsUser ?? 0) !== 0) return false;
  const named = (list: readonly string[]): boolean =>
    list.some((one) => plainName(one) === 'ALL' || plainName(one) === name);
  return !named(adds) && !named(drops);
}

const plainName = (name: string): string => name.toUpperCase().replace(/^CAP_/, '');
