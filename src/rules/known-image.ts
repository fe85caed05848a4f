import type { ContainerView, PodView } from '../manifests/views.js';
import type { Hit, Rule, Scene } from './rule.js';
import { adviceOf } from './agents/advice-of.js';
import type { Agent } from './agents/agent.js';
import { agentOf } from './agents/agent-of.js';
import { imageName } from './agents/image-name.js';
import { agents } from './agents/index.js';
import { isNewEnough } from './agents/is-new-enough.js';
import { speaksCri } from './agents/speaks-cri.js';
import { dockerStays } from './parts/docker-stays.js';

export const knownImage: Rule = {
  id: 'known-image',
  title: 'Product that is known to depend on Docker',
  severity: 'note',
  why:
    'Some agents and tools talk to Docker by their design or by their default, and no manifest shows it: the image alone tells. On a node ' +
    'without Docker they start, and see nothing.',
  fix: 'Upgrade the product, configure it for the new container runtime, or replace it.',
  links: [
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/migrating-telemetry-and-security-agents/',
  ],
  words: [...new Set(agents.flatMap(({ words = [] }) => words))],

  *pod(view: PodView, scene: Scene): Iterable<Hit> {
    // With cri-dockerd the containers stay Docker's; with a dockerd in the pod, that one is meant.
    if (dockerStays(scene) || view.hasOwnDocker) return;
    for (const container of view.containers) {
      const agent = agentOf(container.image);
      if (agent === undefined || !dependsOnDocker(agent, container, view)) continue;
      yield {
        at: { path: [...container.path, 'image'] },
        confidence: 'possible',
        message: messageOf(agent, container),
        // Twistlock's registry takes the customer's access token in the path.
        evidence: container.image.replace(/\/tw_[^/]+\//, '/tw_…/'),
        fix: adviceOf(agent),
        container: container.name,
      };
    }
  },
};

function dependsOnDocker(agent: Agent, container: ContainerView, pod: PodView): boolean {
  if (agent.whenConfigured === true || isNewEnough(agent, container.image) === true) return false;
  if (agent.dockerOnly === true) return true;
  return agent.configuredForCri?.(container, pod) !== true && !speaksCri(container, pod);
}

function messageOf(agent: Agent, { name, image }: ContainerView): string {
  const subject = name === '' ? 'A container' : `Container ${name}`;
  const { product, dependency, since } = agent;
  const { tag } = imageName(image);
  if (since === undefined) return `${subject} runs ${product}, which ${dependency}.`;
  if (isNewEnough(agent, image) === false) return `${subject} runs ${product} ${tag}, which ${dependency}.`;
  const version = tag === undefined ? 'names no version' : `is ${tag}, which tells no exact version`;
  return `${subject} runs ${product}, which before ${since.version} ${dependency}; its image ${version}.`;
}
