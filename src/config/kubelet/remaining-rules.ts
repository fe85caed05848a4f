import { NEW_PLACES } from '../settings/new-places.js';
import type { FlagAnswer, FlagContext, KubeletFlagRule } from './flag-rule.js';

/** What a kubelet with a runtime behind a socket is told as well. */
export const remainingRules: readonly KubeletFlagRule[] = [
  {
    flag: 'pod-infra-container-image',
    deprecated: '1.26',
    removed: '1.35',
    fate: 'goes',
    goesFrom: 35,
    what: 'the image of sandboxes',
    becomes: "the runtime's own setting; the flag stays up to 1.34 and is gone from 1.35 on",
    why: 'With containerd before 1.6.22 and 1.7.3 the flag alone keeps the kubelet from removing the image.',
    answer: (_value, { kubelet, target }) => ({
      outcome: 'converted',
      target: sandboxKey(target),
      note:
        kubelet.minor >= 35
          ? 'the runtime is told the image; a kubelet from 1.35 on does not start with the flag'
          : 'the runtime is told the image; the flag stays, so that the kubelet does not remove it as unused',
    }),
  },
  {
    flag: 'cgroup-driver',
    field: 'cgroupDriver',
    deprecated: '1.34',
    fate: 'stays',
    what: 'who makes the cgroups of pods',
    becomes: 'stays; every handler of the runtime gets the same driver',
    why: 'A node whose driver changes has pods in cgroups that nobody finds again; 1.34 and later ask the runtime.',
    answer: (value, { target }) => ({
      outcome: 'converted',
      target: driverKey(value, target),
      note: 'the runtime gets the same driver',
    }),
  },
  {
    flag: 'runtime-cgroups',
    fate: 'changes',
    what: "the cgroup of the runtime's daemon, for its metrics",
    becomes: "the new runtime's cgroup where it named Docker's; stays else",
    why: 'With Docker the kubelet found the cgroup by itself, with other runtimes it has to be told.',
    answer: (value, { target }) =>
      /docker/.test(value) && target.kind !== 'cri-dockerd'
        ? { outcome: 'kubelet', target: undefined, note: "it names the new runtime's cgroup in the place of Docker's" }
        : stays('it names no cgroup of Docker'),
  },
  {
    flag: 'container-log-max-size',
    field: 'containerLogMaxSize',
    fate: 'stays',
    what: 'the size at which logs of containers are rotated',
    becomes: 'stays, and takes effect',
    why: 'dockershim left the rotation to Docker; with every other runtime the kubelet rotates.',
    answer: takesEffect,
  },
  {
    flag: 'container-log-max-files',
    field: 'containerLogMaxFiles',
    fate: 'stays',
    what: 'how many files a log of a container has',
    becomes: 'stays, and takes effect; one file alone is a refusal',
    why: 'dockershim left the rotation to Docker; with every other runtime the kubelet rotates, and needs two files at least.',
    answer: takesEffect,
  },
  {
    flag: 'hairpin-mode',
    field: 'hairpinMode',
    fate: 'stays',
    what: 'whether a pod reaches itself by its Service',
    becomes: 'stays and does nothing',
    why: 'Only dockershim and kubenet read it; the CNI bridge plugin has `hairpinMode`.',
    answer: (value, { dockershim }) =>
      dockershim && value !== 'none'
        ? {
            outcome: 'not-needed',
            target: undefined,
            note: "the CNI network's own hairpinMode counts, as before with CNI",
          }
        : stays('runtimes behind a socket are not told it'),
  },
  {
    flag: 'seccomp-profile-root',
    deprecated: '1.19',
    removed: '1.23',
    fate: 'stays',
    what: 'where profiles named `localhost/…` are',
    becomes: 'stays',
    why: 'The kubelet itself resolves the names.',
    answer: () => stays('the kubelet itself resolves the names of profiles'),
  },
  {
    flag: 'seccomp-default',
    field: 'seccompDefault',
    isBoolean: true,
    fate: 'stays',
    what: 'RuntimeDefault for pods that name no seccomp profile (1.22 and later)',
    becomes: "stays; the profile is the new runtime's own",
    why: 'The kubelet asks, the runtime has the profile.',
    answer: () => stays("the profile behind it is the new runtime's own"),
  },
  {
    flag: 'runtime-request-timeout',
    field: 'runtimeRequestTimeout',
    fate: 'stays',
    what: 'how long the kubelet waits for an answer of the runtime',
    becomes: 'stays',
    why: 'It is about every runtime.',
    answer: () => stays('it holds for every runtime'),
  },
  {
    flag: 'serialize-image-pulls',
    field: 'serializeImagePulls',
    isBoolean: true,
    fate: 'stays',
    what: 'whether images are pulled one at a time',
    becomes: 'stays',
    why: 'The kubelet itself decides it.',
    answer: () => stays('the kubelet itself decides it'),
  },
  {
    flag: 'image-credential-provider-config',
    alike: ['image-credential-provider-bin-dir'],
    fate: 'stays',
    what: "programs that know a registry's credentials",
    becomes: 'stays',
    why: 'The kubelet calls them and hands what they say to the runtime.',
    answer: () => stays('the kubelet calls the programs, whatever the runtime'),
  },
  {
    flag: 'containerd',
    alike: ['containerd-namespace'],
    deprecated: '1.20',
    removed: '1.37',
    fate: 'stays',
    what: "how the kubelet's cAdvisor finds containerd's containers",
    becomes: 'stays',
    why: 'cAdvisor reads it, and needs it where the socket is not in its usual place.',
    answer: (value, { target, endpoint }) =>
      target.kind === 'containerd' &&
      value.startsWith('/') &&
      !endpoint.endsWith(value.replace(/^\/var\/run\//, '/run/'))
        ? {
            outcome: 'warning',
            target: undefined,
            note: `cAdvisor looks for containers at ${value}, and containerd is at ${endpoint}`,
            fix: "give the flag containerd's socket, or the kubelet reports no use of CPU and memory by containers",
          }
        : stays("cAdvisor reads it to find containerd's containers"),
  },
];

function takesEffect(_value: string, { dockershim }: FlagContext): FlagAnswer {
  if (!dockershim) return stays('the kubelet rotates logs by it, as before');
  return {
    outcome: 'warning',
    target: undefined,
    note: 'it had no effect with Docker; from now on the kubelet rotates logs by it',
  };
}

const stays = (note: string): FlagAnswer => ({ outcome: 'kubelet', target: undefined, note });

function sandboxKey({ kind, version }: FlagContext['target']): string {
  switch (kind) {
    case 'containerd':
      return `${NEW_PLACES.containerd} ${version.major >= 2 ? 'pinned_images.sandbox' : 'sandbox_image'}`;
    case 'crio':
      return `${NEW_PLACES.crio} crio.image.pause_image`;
    case 'cri-dockerd':
      return '/etc/systemd/system/cri-docker.service.d/10-docker-migration.conf --pod-infra-container-image';
  }
}

function driverKey(value: string, { kind }: FlagContext['target']): string {
  switch (kind) {
    case 'containerd':
      return `${NEW_PLACES.containerd} SystemdCgroup = ${value === 'systemd'}`;
    case 'crio':
      return `${NEW_PLACES.crio} crio.runtime.cgroup_manager`;
    case 'cri-dockerd':
      return '';
  }
}
