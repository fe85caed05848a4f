import type { NodeInventory } from '../core/inventory.js';
import type { NodeEvidence } from '../core/node-evidence.js';
import { listed } from './node-facts/listed.js';
import { dockerStays } from './parts/docker-stays.js';
import type { Hit, Rule, Scene, Unknowable } from './rule.js';

export const dockerGroup: Rule = {
  id: 'docker-group',
  title: 'Users of a node may use Docker',
  severity: 'note',
  why: "Members of a node's group docker may talk to Docker without being root: people who debug with docker ps, and accounts of agents and build tools. Under another runtime their commands fail, or show none of the containers of Kubernetes; crictl needs root.",
  fix: 'Ask them what they use Docker for, and take them out of the group once it is gone.',
  links: [
    'https://docs.docker.com/engine/install/linux-postinstall/',
    'https://kubernetes.io/docs/tasks/debug/debug-cluster/crictl/',
  ],
  words: [],
  *evidence(evidence: NodeEvidence, { name }: NodeInventory, scene: Scene): Iterable<Hit | Unknowable> {
    const members = evidence.dockerGroup;
    if (dockerStays(scene)) return;
    if (!members.known) yield { undecided: members.why };
    else if (members.value.length > 0) {
      const users = members.value.toSorted();
      const who = users.length === 1 ? `User ${users[0] ?? ''} is a member` : `Users ${listed(users)} are members`;
      yield {
        message: `${who} of the group docker on node ${name}: without Docker, what they do with it fails.`,
        evidence: `docker: ${users.join(' ')}`,
      };
    }
  },
};
