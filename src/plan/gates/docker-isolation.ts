import type { Gate } from '../gate.js';
import { notKnown } from './not-known.js';
import { runtimeName } from './runtime-name.js';

export const dockerIsolation: Gate = {
  id: 'docker-isolation',
  title: 'Docker runs neither rootless nor with remapped users',
  why: "With userns-remap or as rootless, Docker gives the containers of all pods another user than the host's root. A CRI runtime cannot do that for a whole node: pods would run with more rights than they have now.",
  links: [
    'https://docs.docker.com/engine/security/userns-remap/',
    'https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/',
  ],
  leavingDocker: true,
  check: ({ inventory: { docker }, options: { target } }) => {
    const runtime = runtimeName(target);
    if (!docker.known) return [notKnown('whether Docker remaps users', docker.why)];
    const { securityOptions, daemonJson } = docker.value;
    const has = (name: string): boolean => securityOptions.some((option) => option.split(',').includes(`name=${name}`));
    const remap = daemonJson['userns-remap'];
    const notices = [];
    if (has('userns') || (typeof remap === 'string' && remap !== '')) {
      notices.push({
        level: 'blocker' as const,
        message: `Docker remaps the users of all containers (userns-remap), which ${runtime} does not do`,
        fix: 'turn userns-remap off while the node is still on Docker, see that its pods work, and plan again',
      });
    }
    if (has('rootless')) {
      notices.push({
        level: 'blocker' as const,
        message: `Docker runs rootless, so that its pods have no more rights than a user, which ${runtime} does not do`,
        fix: `replace the node by a new one with ${runtime}`,
      });
    }
    return notices;
  },
};
