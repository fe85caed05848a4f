import type { ObjectView, PodView } from '../manifests/views.js';
import { isMapping } from '../manifests/mapping.js';
import { annotationPlace } from './parts/annotation-place.js';
import type { Hit, Rule } from './rule.js';

const PREFIX = /^(?:container\.)?seccomp\.security\.alpha\.kubernetes\.io\//;

export const seccompDockerDefault: Rule = {
  id: 'seccomp-docker-default',
  title: 'Seccomp profile docker/default',
  severity: 'warning',
  why:
    'docker/default is an old name of runtime/default, given in annotations that Kubernetes deprecated in 1.19. ' +
    'The field takes no such name, and from 1.27 on the annotations are ignored: the pod then runs unconfined ' +
    'unless the kubelet has another default.',
  fix: 'Set securityContext.seccompProfile.type: RuntimeDefault in the pod and remove the annotation.',
  links: [
    'https://kubernetes.io/docs/tutorials/security/seccomp/',
    'https://kubernetes.io/docs/reference/node/seccomp/',
  ],
  words: [['seccomp', 'docker']],

  *pod(pod: PodView): Iterable<Hit> {
    for (const [key, value] of Object.entries(pod.podAnnotations)) {
      if (!PREFIX.test(key) || value !== 'docker/default') continue;
      yield {
        at: annotationPlace(pod, key),
        message: `The annotation ${key} asks for the seccomp profile docker/default. From Kubernetes 1.27 on it has no effect, and the pod runs without a profile.`,
        evidence: `${key}: ${value}`,
      };
    }
  },

  *object({ value, path }: ObjectView): Iterable<Hit> {
    if (!isMapping(value)) return;
    if (value.kind === 'PodSecurityPolicy' && isMapping(value.metadata) && isMapping(value.metadata.annotations)) {
      for (const [key, names] of Object.entries(value.metadata.annotations)) {
        if (!PREFIX.test(key) || typeof names !== 'string' || !names.split(/\s*,\s*/).includes('docker/default'))
          continue;
        yield {
          at: { path: [...path, 'metadata', 'annotations', key] },
          message: `The policy has docker/default in ${key}. Pods that ask for runtime/default or the field RuntimeDefault need the name runtime/default there.`,
          fix: 'Name runtime/default beside it, and move to Pod Security Admission: PodSecurityPolicy is gone in Kubernetes 1.25.',
        };
      }
    }
    if (value.kind === 'SecurityContextConstraints' && Array.isArray(value.seccompProfiles)) {
      const index = value.seccompProfiles.indexOf('docker/default');
      if (index === -1) return;
      const message =
        'The SecurityContextConstraints name the seccomp profile docker/default, an old name of runtime/default.';
      yield { at: { path: [...path, 'seccompProfiles', index] }, message, fix: 'Name runtime/default instead.' };
    }
  },
};
