import type { Path } from '../../manifests/place.js';
import type { ObjectView } from '../../manifests/views.js';
import { apiVersionOf } from './api-version-of.js';
import { fields } from './fields.js';
import { isRecord } from './is-record.js';

const BLOCKS = new Set(['rancherKubernetesEngineConfig', 'rke_config']);
const SWITCHES = new Set(['enable_cri_dockerd', 'enableCriDockerd', 'ignore_docker_version', 'ignoreDockerVersion']);
const ROLES = new Set(['controlplane', 'etcd', 'worker']);

/** Where a document shows itself as the configuration of a cluster of RKE 1, which runs all of Kubernetes in Docker. */
export function rkeField(view: ObjectView): Path | undefined {
  const bare = apiVersionOf(view) === '';
  for (const field of fields(view.value)) {
    if (SWITCHES.has(field.key) && typeof field.value === 'boolean') return field.path;
    if (BLOCKS.has(field.key) && typeof field.value === 'object' && field.value !== null) return field.path;
    if (bare && isNode(field)) return field.path;
  }
  return undefined;
}

/** `docker_socket` or `role: [controlplane, etcd, worker]` of an entry of cluster.yml's `nodes`. */
function isNode({
  key,
  value,
  path,
  parent,
}: {
  key: string;
  value: unknown;
  path: Path;
  parent: Readonly<Record<string, unknown>>;
}): boolean {
  if (path.at(-3) !== 'nodes' || !isRecord(parent) || typeof parent['address'] !== 'string') return false;
  if (key === 'docker_socket') return typeof value === 'string';
  return key === 'role' && Array.isArray(value) && value.length > 0 && value.every((role) => ROLES.has(String(role)));
}
