import type { DockerContainer } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import type { Gate } from '../gate.js';
import { clusterComponent } from './cluster-component.js';
import { counted } from './counted.js';
import { nameList } from './name-list.js';
import { notKnown } from './not-known.js';

export const foreignContainers: Gate = {
  id: 'foreign-containers',
  title: 'Docker runs nothing but pods',
  why: 'Containers that Kubernetes does not own (a backup, a registry, a database of Compose) end with Docker, and nothing starts them again. Someone has to say what becomes of them.',
  links: ['https://github.com/kubernetes-sigs/kubespray/issues/10530'],
  leavingDocker: true,
  check: ({ inventory: { docker }, options }) => {
    if (!docker.known) return [notKnown('whether Docker runs containers of its own', docker.why)];
    const foreign = docker.value.containers.filter(isForeign);
    const ended = foreign.filter((container) => !isAlive(container));
    return [
      ...kinds(foreign.filter(isAlive)).map(([what, names]) => verdict(what, names, options.foreign)),
      ...(ended.length === 0 || options.foreign === 'keep-docker' ? [] : [endedOnes(ended)]),
    ];
  },
};

/** Gates of their own tell of Swarm, RKE and cluster components. */
const isForeign = (container: DockerContainer): boolean =>
  ['plain', 'compose', 'kubernetes-other'].includes(container.owner.kind) && clusterComponent(container) === undefined;

/** Running, or to be started again by Docker. */
const isAlive = ({ state, restartPolicy }: DockerContainer): boolean =>
  !['created', 'exited', 'dead'].includes(state) || ['always', 'unless-stopped'].includes(restartPolicy);

/** What each group of containers is, with their names. */
function kinds(containers: readonly DockerContainer[]): readonly (readonly [string, readonly string[]])[] {
  const groups = new Map<string, string[]>();
  for (const { owner, name } of containers) {
    const what =
      owner.kind === 'compose'
        ? `of the Compose project ${owner.project}`
        : owner.kind === 'kubernetes-other'
          ? `that looks like one of Kubernetes and is not dockershim's (${owner.why})`
          : 'outside Kubernetes';
    groups.set(what, [...(groups.get(what) ?? []), name]);
  }
  return [...groups];
}

function verdict(
  what: string,
  names: readonly string[],
  choice: 'block' | 'keep-docker' | 'stop',
): Omit<Notice, 'gate'> {
  const which = `${counted(names.length, 'container')} ${what} (${nameList(names)})`;
  switch (choice) {
    case 'block':
      return {
        level: 'blocker',
        message: `Docker runs ${which}`,
        fix: 'choose: --keep-docker leaves Docker running for them, --stop-foreign lets them end with Docker',
      };
    case 'keep-docker':
      return {
        level: 'warning',
        message: `Docker goes on running for ${which}`,
        fix: 'move them away some day: as long as they are there Docker cannot be removed',
      };
    case 'stop':
      return {
        level: 'warning',
        message: `Docker is stopped, and with it ${which}`,
        fix: 'use --keep-docker instead if they are still needed',
      };
  }
}

const endedOnes = (ended: readonly DockerContainer[]): Omit<Notice, 'gate'> => ({
  level: 'warning',
  message: `${counted(ended.length, 'container')} outside Kubernetes that ended (${nameList(ended.map(({ name }) => name))}) cannot be started without Docker`,
  fix: 'see whether somebody still starts them by hand or by a timer',
});
