import { parseVersion } from '../../config/version.js';
import type { ClusterPod, ContainerSecurity } from '../../core/cluster-objects.js';
import type { KubeletFacts } from '../../core/inventory.js';
import type { Gate } from '../gate.js';
import { counted } from './counted.js';
import { crioSettingOf } from './crio-setting-of.js';
import { nameList } from './name-list.js';
import { notKnown } from './not-known.js';
import { podName } from './pod-name.js';

const POD_ANNOTATION = 'seccomp.security.alpha.kubernetes.io/pod';
const CONTAINER_ANNOTATION = 'container.seccomp.security.alpha.kubernetes.io/';

export const crioSeccomp: Gate = {
  id: 'crio-seccomp',
  title: 'No pod is kept from system calls that it could make under Docker',
  why: 'A pod that asks for no seccomp profile runs without one under dockershim. CRI-O 1.24 to 1.29 gives it its default profile, which forbids some system calls; earlier and later versions do not.',
  links: ['https://kubernetes.io/docs/tutorials/security/seccomp/'],
  check: ({ inventory: { crio, kubelet, pods }, options }) => {
    if (options.target !== 'crio' || !crio.known) return [];
    const { minor = 0 } = parseVersion(crio.value.version) ?? {};
    if (minor < 24 || minor > 29) return [];
    if (crioSettingOf(crio.value, 'runtime', 'seccomp_use_default_when_empty') === false) return [];
    if (!kubelet.known) return [notKnown('whether pods have a seccomp profile anyway', kubelet.why)];
    if (isDefault(kubelet.value)) return [];
    if (!pods.known) return [notKnown('which pods ask for no seccomp profile', pods.why)];
    const unseen = pods.value.filter(({ security }) => security === undefined);
    if (unseen.length > 0) {
      const why = `the inventory does not tell what ${nameList(unseen.map(podName))} may do`;
      return [notKnown('which pods ask for no seccomp profile', why)];
    }
    const changed = pods.value.filter(hasContainerWithout);
    if (changed.length === 0) return [];
    const message = `${counted(changed.length, 'pod')} ${changed.length === 1 ? 'asks' : 'ask'} for no seccomp profile, and CRI-O 1.${minor} confines them by its default one, as Docker did not: ${nameList(changed.map(podName))}`;
    return [
      {
        level: 'warning',
        message,
        fix: 'set seccomp_use_default_when_empty = false under [crio.runtime] in a drop-in of CRI-O, or see that these pods live with RuntimeDefault',
      },
    ];
  },
};

/** The kubelet then asks for the default profile by itself. */
const isDefault = ({ config, flags }: KubeletFacts): boolean =>
  config['seccompDefault'] === true || flags['seccomp-default'] === 'true';

const hasContainerWithout = ({ annotations, security = [] }: ClusterPod): boolean =>
  annotations[POD_ANNOTATION] === undefined && security.some((container) => isWithout(container, annotations));

const isWithout = ({ name, privileged, seccomp }: ContainerSecurity, annotations: ClusterPod['annotations']): boolean =>
  !privileged && seccomp === undefined && annotations[CONTAINER_ANNOTATION + name] === undefined;
