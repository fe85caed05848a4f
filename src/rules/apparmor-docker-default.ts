import type { Path } from '../manifests/place.js';
import type { ObjectView, PodView } from '../manifests/views.js';
import { isMapping } from '../manifests/mapping.js';
import { annotationPlace } from './parts/annotation-place.js';
import { dockerStays, WHILE_DOCKER_STAYS } from './parts/docker-stays.js';
import type { Hit, Rule, Scene } from './rule.js';

const PREFIX = 'container.apparmor.security.beta.kubernetes.io/';
const ALLOWED = 'apparmor.security.beta.kubernetes.io/allowedProfileNames';
const LOST =
  'dockerd loads that profile when it starts: after the first boot without Docker it is not there, and the container is refused.';

export const apparmorDockerDefault: Rule = {
  id: 'apparmor-docker-default',
  title: 'AppArmor profile docker-default',
  severity: 'error',
  why:
    'docker-default is loaded into the kernel by dockerd. It stays until the node is booted without Docker; from ' +
    'then on pods that ask for it by name do not start. Other runtimes bring profiles of their own, which ' +
    'runtime/default stands for.',
  fix:
    'Ask for runtime/default (the field: appArmorProfile.type: RuntimeDefault), or load a profile of your own on ' +
    'the nodes.',
  links: [
    'https://kubernetes.io/docs/tutorials/security/apparmor/',
    'https://docs.docker.com/engine/security/apparmor/',
  ],
  words: ['docker-default'],

  *pod(pod: PodView, scene: Scene): Iterable<Hit> {
    const hit = (says: string): Pick<Hit, 'message' | 'severity'> =>
      dockerStays(scene)
        ? { message: `${says} ${WHILE_DOCKER_STAYS}`, severity: 'note' }
        : { message: `${says} ${LOST}`, severity: 'error' };
    for (const [key, value] of Object.entries(pod.podAnnotations)) {
      if (!key.startsWith(PREFIX) || value !== 'localhost/docker-default') continue;
      const container = key.slice(PREFIX.length);
      yield {
        ...hit(`Container ${container} asks for the AppArmor profile docker-default of the node.`),
        at: annotationPlace(pod, key),
        evidence: `${key}: ${value}`,
        container,
      };
    }
    for (const path of profilePaths(pod.spec, pod.path)) {
      yield { ...hit('The pod asks for the AppArmor profile docker-default of the node.'), at: { path } };
    }
    for (const { name, value, path } of pod.containers) {
      for (const at of profilePaths(value, path)) {
        const says = `Container ${name} asks for the AppArmor profile docker-default of the node.`;
        yield { ...hit(says), at: { path: at }, container: name };
      }
    }
  },

  *object({ value, path }: ObjectView, scene: Scene): Iterable<Hit> {
    if (!isMapping(value) || value.kind !== 'PodSecurityPolicy' || dockerStays(scene)) return;
    const annotations = isMapping(value.metadata) ? value.metadata.annotations : undefined;
    const names = isMapping(annotations) ? annotations[ALLOWED] : undefined;
    if (typeof names !== 'string' || !names.includes('localhost/docker-default')) return;
    yield {
      at: { path: [...path, 'metadata', 'annotations', ALLOWED] },
      message: `The policy allows the AppArmor profile docker-default. ${LOST}`,
      severity: 'warning',
      fix: 'Allow runtime/default instead.',
    };
  },
};

/** Of a pod's or a container's security context; Terraform's is in snake case and may be a list of one. */
function* profilePaths(holder: Readonly<Record<string, unknown>>, path: Path): Iterable<Path> {
  for (const [contextKey, profileKey, nameKey] of [
    ['securityContext', 'appArmorProfile', 'localhostProfile'],
    ['security_context', 'app_armor_profile', 'localhost_profile'],
  ] as const) {
    const context: unknown = holder[contextKey];
    const one: unknown = Array.isArray(context) ? context[0] : context;
    const profile = isMapping(one) ? one[profileKey] : undefined;
    const block: unknown = Array.isArray(profile) ? profile[0] : profile;
    if (!isMapping(block) || block[nameKey] !== 'docker-default') continue;
    const inner = [...(Array.isArray(context) ? [0] : []), profileKey, ...(Array.isArray(profile) ? [0] : []), nameKey];
    yield [...path, contextKey, ...inner];
  }
}
