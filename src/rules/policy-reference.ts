import { isDockerSocket, isInside, normalHostPath } from '../manifests/host-path.js';
import type { ObjectView } from '../manifests/views.js';
import type { ValueNode } from './config-texts/value-node.js';
import { walkValues } from './config-texts/walk-values.js';
import { dataRootOf } from './parts/data-root-of.js';
import { dockerStays } from './parts/docker-stays.js';
import type { Hit, Rule, Scene } from './rule.js';

export const policyReference: Rule = {
  id: 'policy-reference',
  title: 'A policy allows paths of Docker',
  severity: 'note',
  why:
    'A list of host paths that pods may mount names those of Docker. It breaks nothing by itself, but agents ' +
    'that are reconfigured for another runtime mount other paths, and the policy refuses them: they are missing ' +
    'on migrated nodes.',
  fix:
    'Allow the paths of the new runtime as well before agents are changed, and remove those of Docker after the ' +
    'migration.',
  links: [
    'https://kubernetes.io/docs/concepts/security/pod-security-policy/',
    'https://open-policy-agent.github.io/gatekeeper-library/website/validation/host-filesystem/',
  ],
  words: [
    ['allowedHostPaths', 'docker'],
    ['allowedHostPaths', 'containers'],
    ['allowed_host_paths', 'docker'],
  ],

  *object(view: ObjectView, scene: Scene): Iterable<Hit> {
    if (dockerStays(scene)) return;
    for (const node of walkValues(view)) {
      const written = allowedPath(node);
      if (written === undefined || !isOfDocker(normalHostPath(written), scene)) continue;
      yield {
        at: { path: node.path },
        confidence: 'possible',
        message: `The policy allows ${written}, which pods for another runtime do not need; the path that they need instead has to be allowed, too.`,
        fix: fixFor(normalHostPath(written), scene),
      };
    }
  },
};

/** `allowedHostPaths: [{pathPrefix}]` of a PodSecurityPolicy and of Gatekeeper's constraint; some have plain texts. */
function allowedPath({ key, value, parent }: ValueNode): string | undefined {
  if (typeof value !== 'string') return undefined;
  const list =
    typeof key === 'number' ? parent : key === 'pathPrefix' || key === 'path_prefix' ? parent?.parent : undefined;
  // Terraform repeats a block allowed_host_paths, one a path.
  const isAllowed = [list, parent].some(
    (node) => node?.key === 'allowedHostPaths' || node?.key === 'allowed_host_paths',
  );
  return isAllowed ? value : undefined;
}

const DIRECTORIES = ['/run/docker', '/etc/docker', '/var/lib/dockershim'];

const isOfDocker = (path: string, scene: Scene): boolean =>
  isDockerSocket(path) ||
  /\/(?:dockershim|cri-dockerd)\.sock$/.test(path) ||
  dataRootOf(path, scene) !== undefined ||
  DIRECTORIES.some((directory) => isInside(path, directory));

function fixFor(path: string, { target }: Scene): string {
  const instead = path.endsWith('.sock')
    ? target === 'crio'
      ? '/run/crio/crio.sock'
      : '/run/containerd/containerd.sock'
    : path.endsWith('/containers')
      ? '/var/log/pods'
      : undefined;
  const allow = instead === undefined ? 'Allow what the changed pods mount' : `Allow ${instead}`;
  return `${allow} before agents are changed, and remove this path after the migration.`;
}
