import { isDindImage } from './container-view-dockerd.js';
import { containerView } from './container-view.js';
import { normalHostPath } from './host-path.js';
import { mayGoOn } from './object-walk-budget.js';
import { holdsContainers, runsItself, takeContainers } from './object-walk-containers.js';
import type { Scope, Walk } from './object-walk-scope.js';
import { podKey } from './pod-views-key.js';
import { isMapping, type Mapping } from './mapping.js';
import { textOf } from './text-of.js';
import { entryOf, volumeEntries } from './pod-views-volumes.js';
import { PodDraft, type PodHead } from './pod-views.js';

/**
 * The scope inside of a mapping: that of a new pod if it has volumes, or containers where no pod is around. The mapping is a
 * container itself when it says what is run or mounted, as Spark's driver and the values of most charts do.
 */
export function podScope(walk: Walk, scope: Scope, mapping: Mapping, key: string): Scope {
  let volumes = hasTaskPodVolumes(mapping);
  let containers = false;
  let mounts = false;
  let isVolume = false;
  for (const name in mapping) {
    const role = podKey(name);
    if (role === undefined) continue;
    const value = mapping[name];
    if (role === 'volumes') volumes ||= holdsVolumes(value, scope);
    else if (role === 'mounts') mounts ||= value !== null && typeof value === 'object';
    else if (role === 'hostPath') isVolume = true;
    else containers ||= holdsContainers(value, role);
  }
  if (isVolume) {
    for (const entry of entryOf(mapping, key, walk.path.slice())) {
      if (entry.volume.hostPath !== undefined) (scope.pod ?? looseVolumes(walk, scope)).add(entry);
    }
  }
  const runs = runsItself(mapping, mounts);
  if (!volumes && !containers && !mounts && !runs) return scope;

  const pod = podOf(walk, scope, mapping, volumes && (containers || !TASK_PODS.has(key)));
  if (containers) pod.join(mapping);
  if (!runs) return { ...scope, pod };
  const name = UNNAMED.has(key) ? scope.name : key;
  const container = containerView(mapping, 'container', name, walk.path.slice());
  pod.containers.push(container);
  return { ...scope, pod, container };
}

/** Takes what a pod's key holds into the pod; false when it holds nothing of the sort. */
export function takePodMember(walk: Walk, scope: Scope, mapping: Mapping, key: string): boolean {
  const { pod } = scope;
  const value = mapping[key];
  if (pod === undefined) return false;
  const role = podKey(key) ?? (key === 'services' && scope.kind === 'pipeline' ? 'sidecar' : undefined);
  if (role !== undefined && !mayGoOn(walk, sizeOf(value))) return true;
  switch (role) {
    case undefined:
      if (key === 'services' && hasDind(value)) pod.bringDocker();
      return false;
    case 'hostPath':
      return true;
    case 'volumes':
      if (!holdsVolumes(value, scope)) return false;
      for (const entry of volumeEntries(value, walk.path.slice(), scope.kind === 'pipeline')) pod.add(entry);
      return true;
    case 'mounts':
      if (scope.container?.value !== mapping) pod.addLooseMounts(value, walk.path.slice());
      return true;
    case 'container':
    case 'init':
    case 'ephemeral':
    case 'step':
    case 'sidecar':
      return takeContainers(walk, { ...scope, pod }, value, role);
  }
}

/** Those of one object that belong to no pod: of patches and of values under names nobody knows. */
export function looseVolumes(walk: Walk, scope: Scope): PodDraft {
  const { loose } = scope;
  loose.draft ??= new PodDraft(headOf(walk, scope), loose.path, {}, {}, false, undefined);
  return loose.draft;
}

/** A path alone is a volume, too: the key says so, or a patch puts it there. */
export function addHostPath(walk: Walk, scope: Scope, written: string): void {
  const hostPath = { written, normal: normalHostPath(written), type: '' };
  const volume = { name: '', hostPath, sourceKind: 'hostPath', path: walk.path.slice() };
  (scope.pod ?? looseVolumes(walk, scope)).add({ volume });
}

function podOf(walk: Walk, scope: Scope, mapping: Mapping, ownVolumes: boolean): PodDraft {
  if (scope.pod !== undefined && !ownVolumes) return scope.pod;
  const annotations = podAnnotations(scope, mapping);
  const pod = new PodDraft(headOf(walk, scope), walk.path.slice(), mapping, annotations, scope.whole, scope.pod);
  if (scope.ownDocker && mapping.dockerEnabled !== false) pod.bringDocker();
  return pod;
}

function headOf(walk: Walk, { object, apiVersion, annotations }: Scope): PodHead {
  return { object, apiVersion, annotations, source: walk.source };
}

/** Operators that make the pod's metadata themselves take annotations beside the pod's parts. */
function podAnnotations(scope: Scope, mapping: Mapping): Scope['podAnnotations'] {
  const own = isMapping(mapping.podMetadata) ? mapping.podMetadata.annotations : mapping.podAnnotations;
  return isMapping(own) ? (own as Scope['podAnnotations']) : scope.podAnnotations;
}

/** Tekton: volumes for the pods of all tasks; they stand in no pod specification. */
const TASK_PODS: ReadonlySet<string> = new Set(['podTemplate', 'taskRunTemplate', 'taskPodTemplate']);

function hasTaskPodVolumes(mapping: Mapping): boolean {
  const holder = mapping.podTemplate ?? mapping.taskPodTemplate ?? mapping.taskRunTemplate;
  if (!isMapping(holder)) return false;
  return Array.isArray(isMapping(holder.podTemplate) ? holder.podTemplate.volumes : holder.volumes);
}

/** Keys that say nothing about what is run in them. */
const UNNAMED: ReadonlySet<string> = new Set(['', 'spec', 'template', 'podTemplate', 'values']);

function holdsVolumes(value: unknown, scope: Scope): boolean {
  if (Array.isArray(value))
    return value.some((entry) => isMapping(entry) || (typeof entry === 'string' && scope.kind === 'pipeline'));
  if (!isMapping(value)) return false;
  return (
    typeof value.name === 'string' || Object.values(value).some((entry) => entry !== null && typeof entry === 'object')
  );
}

function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return isMapping(value) ? Object.keys(value).length : 1;
}

function hasDind(services: unknown): boolean {
  return (
    Array.isArray(services) &&
    services.some((one: unknown) => isDindImage(isMapping(one) ? textOf(one.name) + textOf(one.image) : textOf(one)))
  );
}
