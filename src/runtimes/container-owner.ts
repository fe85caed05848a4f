import type { ContainerOwner } from '../core/inventory.js';

const TYPE = 'io.kubernetes.docker.type';
const POD_LABELS = ['io.kubernetes.pod.name', 'io.kubernetes.pod.namespace', 'io.kubernetes.pod.uid'];

/**
 * Whose a Docker container is, by its name and labels.
 *
 * Only what has both dockershim's label and dockershim's name, and the two agree, is dockershim's: labels alone are
 * inherited by whatever is run from an image that was committed from a pod's container. cri-dockerd's look the same.
 */
export function containerOwner(name: string, labels: Readonly<Record<string, string>>): ContainerOwner {
  const type = labels[TYPE];
  if (type !== undefined) return labelled(type, name, labels);

  const label = POD_LABELS.find((pod) => labels[pod] !== undefined);
  if (label !== undefined) return other(`it has the label ${label}, but not ${TYPE}`);
  if (podFields(name) !== undefined) return other(`it is named like a container of a pod, but has no label ${TYPE}`);

  const service = labels['com.docker.swarm.service.name'] ?? labels['com.docker.swarm.service.id'];
  if (service !== undefined) return { kind: 'swarm', service };
  const project = labels['com.docker.compose.project'];
  if (project !== undefined) return { kind: 'compose', project };
  const component = labels['io.rancher.rke.container.name'];
  if (component !== undefined) return { kind: 'rke', component };
  return { kind: 'plain' };
}

function labelled(type: string, name: string, labels: Readonly<Record<string, string>>): ContainerOwner {
  const [pod, namespace, podUid] = POD_LABELS.map((label) => labels[label]);
  if (pod === undefined || namespace === undefined || podUid === undefined) {
    return other(`it has the label ${TYPE}, but not all of ${POD_LABELS.join(', ')}`);
  }
  const role = type === 'podsandbox' ? 'sandbox' : type;
  if (role !== 'sandbox' && role !== 'container') return other(`its label ${TYPE} says ${JSON.stringify(type)}`);
  const named = podFields(name);
  if (named === undefined) return other(`it has the labels of a pod's container, but is not named like one`);
  const container = labels['io.kubernetes.container.name'] ?? named.container;
  const agrees =
    named.pod === pod &&
    named.namespace === namespace &&
    named.uid === podUid &&
    named.container === container &&
    (named.container === 'POD') === (role === 'sandbox');
  if (!agrees) return other('its labels name another pod or container than its name does');
  return { kind: 'dockershim', role, namespace, pod, podUid, container };
}

/**
 * `k8s_CONTAINER_POD_NAMESPACE_UID_ATTEMPT`, and one field more of random digits after a name conflict. None of the
 * fields can hold an underscore.
 */
function podFields(name: string): { container: string; pod: string; namespace: string; uid: string } | undefined {
  const [prefix, container, pod, namespace, uid, attempt, ...rest] = name.split('_');
  if (prefix !== 'k8s' || rest.length > 1 || !container || !pod || !namespace || !uid) return undefined;
  return attempt !== undefined && /^\d+$/.test(attempt) ? { container, pod, namespace, uid } : undefined;
}

const other = (why: string): ContainerOwner => ({ kind: 'kubernetes-other', why });
