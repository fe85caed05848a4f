import { valueOf } from '../core/fact.js';
import type { NodeInventory } from '../core/inventory.js';
import type { NodeEvidence, SocketUser } from '../core/node-evidence.js';
import { listed } from './node-facts/listed.js';
import { podOfProcess } from './node-facts/pod-of-process.js';
import { dockerStays } from './parts/docker-stays.js';
import type { Hit, Rule, Scene, Unknowable } from './rule.js';

export const dockerSockUser: Rule = {
  id: 'docker-sock-user',
  title: 'A process talks to Docker now',
  severity: 'error',
  why: 'Whoever holds a connection to the Docker socket while the scan looks uses the Docker API, whatever configuration made it so. The connection ends with Docker, and none to another runtime takes its place. Clients that connect for a moment may be missed: the scan looks five times within two seconds.',
  fix: 'Use the Kubernetes API, the API of the kubelet or the socket of the new runtime instead.',
  links: [
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/check-if-dockershim-removal-affects-you/',
    'https://man7.org/linux/man-pages/man8/ss.8.html',
  ],
  words: [],
  *evidence(evidence: NodeEvidence, inventory: NodeInventory, scene: Scene): Iterable<Hit | Unknowable> {
    if (dockerStays(scene)) return;
    const homes = new Map<string, { readonly home: Home; readonly users: SocketUser[] }>();
    for (const fact of [evidence.hostSocketUsers, evidence.podSocketUsers]) {
      if (!fact.known) yield { undecided: fact.why };
      for (const user of valueOf(fact) ?? []) {
        if (isRuntimes(user, inventory)) continue;
        const home = homeOf(user, inventory);
        const key = `${home.says} ${home.container ?? ''}`;
        const { users } = homes.get(key) ?? { users: [] };
        homes.set(key, { home, users: [...users, user] });
      }
    }
    for (const { home, users } of homes.values()) yield verdictOn(home, users);
  },
};

/** The kubelet talks to Docker as dockershim, cri-dockerd in its place: what they are for goes with them. */
function isRuntimes({ pid, command }: SocketUser, { kubelet }: NodeInventory): boolean {
  return pid === valueOf(kubelet)?.pid || ['kubelet', 'cri-dockerd', 'dockerd'].includes(command);
}

/** Where a process belongs: what there is one finding for. */
interface Home extends Pick<Hit, 'object' | 'container'> {
  /** To follow `process nc (pid 17)`. */
  readonly says: string;
  readonly fix?: string;
  readonly severity?: 'warning';
}

function homeOf({ owner }: SocketUser, inventory: NodeInventory): Home {
  const pod = podOfProcess(owner, inventory);
  const on = `on node ${inventory.name}`;
  if (pod !== undefined) {
    const { namespace, name, container } = pod;
    return {
      says: `of pod ${namespace}/${name} ${on}`,
      object: { kind: 'Pod', namespace, name },
      ...(container === undefined ? {} : { container }),
    };
  }
  switch (owner.kind) {
    case 'pod':
      return { says: `of a pod with the uid ${owner.podUid} ${on}` };
    case 'container': {
      const found = valueOf(inventory.docker)?.containers.find(({ id }) => id === owner.containerId);
      return {
        says: `in container ${found?.name ?? owner.containerId.slice(0, 12)}, which Kubernetes does not own, ${on}`,
        fix: 'Run it as a pod that uses the Kubernetes API or the socket of the new runtime, or keep Docker on the node for it.',
      };
    }
    case 'unit':
      return {
        says: `of ${owner.unit} ${on}`,
        fix: `Configure what ${owner.unit} runs for the new runtime, by its CRI socket or by crictl, or keep Docker on the node for it.`,
      };
    case 'user': {
      const user = owner.name ?? `with the uid ${owner.uid}`;
      return {
        says: `of user ${user} ${on}`,
        severity: 'warning',
        fix: `Ask what user ${user} needs Docker for; crictl shows the containers and images of Kubernetes.`,
      };
    }
  }
}

function verdictOn({ says, ...home }: Home, all: readonly SocketUser[]): Hit {
  const sure = all.filter(({ certain }) => certain);
  const users = sure.length > 0 ? sure : all;
  const one = users.length === 1;
  const names = listed(users.map(({ command, pid }) => `${command} (pid ${pid})`));
  const commands = [...new Set(users.map(({ command }) => command))].toSorted();
  const who = `${one ? 'Process' : sure.length > 0 ? 'Processes' : 'One of the processes'} ${names} ${says}`;
  const connected =
    sure.length > 0 ? (one ? 'is connected' : 'are connected') : one ? 'may be connected' : 'is connected';
  return {
    ...home,
    ...(sure.length > 0 ? {} : { confidence: 'possible' }),
    message: `${who} ${connected} to the Docker socket now: without Docker on the node, nothing answers there.`,
    // Without its number, which is another one in the next scan.
    evidence: `${commands.join(', ')} → ${users[0]?.socket ?? ''}`,
  };
}
