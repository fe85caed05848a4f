import type { DockerContainer, NodeInventory } from '../core/inventory.js';
import type { TextView } from '../manifests/views.js';
import { containerStart } from './node-facts/container-start.js';
import { isHostText } from './node-facts/host-text.js';
import { listed } from './node-facts/listed.js';
import { nodeRuntime } from './node-facts/node-runtime.js';
import type { Hit, Rule, Scene, Unknowable } from './rule.js';

const FIX =
  'Run it as a static pod or a DaemonSet, or by systemd with nerdctl or podman; or keep Docker on the node for it.';

export const nodeContainer: Rule = {
  id: 'node-container',
  title: 'A container is started outside of Kubernetes',
  severity: 'error',
  why: 'Containers that docker run, Compose or Swarm start on a node are none of Kubernetes: nobody moves them. They end when Docker is stopped, and nothing starts them again.',
  fix: FIX,
  links: [
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/check-if-dockershim-removal-affects-you/',
    'https://kubernetes.io/docs/tasks/configure-pod-container/static-pod/',
  ],
  words: ['docker-compose', { word: 'docker', next: /^(?:\.exe)?["'\s,\\]/ }],
  *text(view: TextView, { target }: Scene) {
    // With cri-dockerd, Docker and all that it runs stay.
    if (target === 'cri-dockerd') return;
    const host = isHostText(view);
    for (const command of view.commands()) {
      if (!host && !command.onHost) continue;
      const start = containerStart(command);
      // A script that waits for its container to end builds or tests something; a unit or a crontab runs it for its own sake.
      if (start === undefined || (!start.stays && (view.role === 'script' || command.onHost))) continue;
      const what = start.name === undefined ? 'a container' : start.name;
      yield {
        at: view.at(command.offset, command.length),
        message: `\`${start.command}\` starts ${what} on the node, outside of Kubernetes: it ends with Docker, and nothing starts it again.`,
        ...(view.pod === undefined ? {} : { fix: 'Run it as a pod of its own.' }),
      };
    }
  },
  *node(inventory: NodeInventory, { target }: Scene): Iterable<Hit | Unknowable> {
    const { kind } = nodeRuntime(inventory);
    const { docker } = inventory;
    if (target === 'cri-dockerd') return;
    if (!docker.known) {
      if (kind !== 'another') yield { undecided: docker.why };
      return;
    }
    const foreign = docker.value.containers.filter(
      ({ owner }) => owner.kind !== 'dockershim' && (owner.kind !== 'kubernetes-other' || kind !== 'cri-dockerd'),
    );
    for (const [what, containers] of byOwner(foreign)) yield verdictOn(inventory.name, what, containers);
  },
};

/** Containers of one stack together, others each for itself. */
function byOwner(containers: readonly DockerContainer[]): ReadonlyMap<string, readonly DockerContainer[]> {
  const groups = new Map<string, DockerContainer[]>();
  for (const container of containers) {
    const what = groupOf(container);
    groups.set(what, [...(groups.get(what) ?? []), container]);
  }
  return groups;
}

function groupOf({ owner, name }: DockerContainer): string {
  switch (owner.kind) {
    case 'compose':
      return `of the Compose project ${owner.project}`;
    case 'swarm':
      return `of the Swarm service ${owner.service}`;
    case 'rke':
      return 'of RKE, which runs all of Kubernetes in Docker';
    case 'kubernetes-other':
      return `that looks like one of Kubernetes, but is not dockershim's (${owner.why})`;
    case 'dockershim':
    case 'plain':
      return `named ${name}, which Kubernetes does not own`;
  }
}

function verdictOn(node: string, what: string, containers: readonly DockerContainer[]): Hit {
  const names = containers.map(({ name, restartPolicy, state }) => {
    const restarts = restartPolicy === '' || restartPolicy === 'no' ? '' : `, restart ${restartPolicy}`;
    return `${name} (${state}${restarts})`;
  });
  const alive = containers.some(
    ({ state, restartPolicy }) =>
      !['created', 'exited', 'dead'].includes(state) || ['always', 'unless-stopped'].includes(restartPolicy),
  );
  const odd = containers.some(({ owner }) => owner.kind === 'kubernetes-other');
  const consequence = alive
    ? 'ends with Docker, and nothing starts it again'
    : 'has ended, and cannot be started without Docker';
  return {
    severity: alive ? 'error' : 'note',
    ...(odd ? { confidence: 'possible' } : {}),
    message: `Docker on node ${node} has ${containers.length === 1 ? 'a container' : `${containers.length} containers`} ${what}: ${containers.length === 1 ? 'it ' : 'each '}${consequence}.`,
    evidence: listed(names),
    fix: containers.some(({ owner }) => owner.kind === 'rke')
      ? 'Replace the node by one of RKE2 or another distribution: RKE cannot do without Docker.'
      : FIX,
  };
}
