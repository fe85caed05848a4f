import type { ObjectRef } from '../core/finding.js';
import { isDockerSocket, normalHostPath } from './host-path.js';
import { takeCommand, takeContainerMember } from './object-walk-containers.js';
import { dialectOf, isPipeline, runsElsewhere } from './object-walk-dialects.js';
import { isObject, listedKind, objectScope, outermostScope, stringsOf } from './object-walk-objects.js';
import { patchTarget, type PatchTarget } from './object-walk-patches.js';
import { looseVolumes, podScope, takePodMember } from './object-walk-pods.js';
import type { Budget, Scope, Subject, Walk } from './object-walk-scope.js';
import { decodeBase64, takeArgv, takeDecoded, takeLongString, takeString } from './object-walk-texts.js';
import { isMapping, textOf, type Mapping } from './pod-views-mapping.js';
import type { PodDraft } from './pod-views.js';
import type { SourceDocument } from './source-document.js';
import type { Source } from './source.js';

/** Aliases make a small document large. */
const MAX_NODES = 2_000_000;
const MAX_DEPTH = 500;

export function walkOf(source: Source, out: Subject[], budget: Budget, nesting: number): Walk {
  const walk: Walk = {
    source,
    path: [],
    out,
    budget,
    nesting,
    visit: (scope, value, key) => walkValue(walk, scope, value, key),
    enter: (scope, document) => {
      if (runsElsewhere(document.value)) return;
      const inner = walkOf(document.source, out, budget, nesting + 1);
      const { apiVersion, annotations, pods, ownDocker } = scope;
      const root = { ...outermostScope(scope.object, []), outermost: false, apiVersion, annotations, pods, ownDocker };
      walkRoot(inner, root, document);
    },
  };
  return walk;
}

/** Of a whole document. */
export function walkDocument(walk: Walk, owner: ObjectRef, document: SourceDocument): void {
  walkRoot(walk, outermostScope(owner, []), document);
}

function walkRoot(walk: Walk, scope: Scope, { value }: SourceDocument): void {
  if (isMapping(value) && (isObject(value) || listedKind(value) !== undefined)) walkMapping(walk, scope, value, '');
  else if (isMapping(value)) {
    const root = isPipeline(value) ? { ...scope, kind: 'pipeline' } : scope;
    walkInto(walk, root, value, () => walkMapping(walk, root, value, ''));
  } else if (Array.isArray(value)) walkInto(walk, scope, value, () => walkValue(walk, scope, value, ''));
}

/** One of a List's items, or what a Template makes: an object as if it stood alone. */
export function walkItem(walk: Walk, scope: Scope, item: unknown, apiVersion: string, kind: string): void {
  if (!isMapping(item)) return;
  const itemKind = textOf(item.kind) || kind;
  if (itemKind === '') walkMapping(walk, scope, item, '');
  else walkObject(walk, scope, item, textOf(item.apiVersion) || apiVersion, itemKind);
}

function walkObject(walk: Walk, outer: Scope, value: Mapping, apiVersion: string, kind: string): void {
  if (value.$patch === 'delete') return;
  const scope = objectScope(outer, value, apiVersion, kind, walk.path.slice());
  walkInto(walk, scope, value, () => {
    if (dialectOf(apiVersion, kind).below !== 'none') walkInside(walk, scope, value, '');
  });
}

/** The object's view comes last: what is found in a pod or a text of it names a container as well. */
function walkInto(walk: Walk, scope: Scope, value: unknown, inside: () => void): void {
  const path = walk.path.slice();
  inside();
  const { loose, object, apiVersion, annotations } = scope;
  if (loose.draft?.isEmpty() === false) walk.out.push({ kind: 'pod', view: loose.draft });
  walk.out.push({ kind: 'object', view: { object, apiVersion, annotations, source: walk.source, path, value } });
}

function walkValue(walk: Walk, scope: Scope, value: unknown, key: string): void {
  if (typeof value === 'string') takeString(walk, scope, value, key);
  else if (value === null || typeof value !== 'object') return;
  else if (!Array.isArray(value)) walkMapping(walk, scope, value as Mapping, key);
  else if (mayGoOn(walk)) {
    for (let index = 0; index < value.length; index += 1) {
      const element: unknown = value[index];
      walk.path.push(index);
      // cloud-init's commands are strings or lists of words.
      if (Array.isArray(element) && COMMAND_LISTS.has(key)) takeWords(walk, scope, element, key);
      else walkValue(walk, scope, element, key);
      walk.path.pop();
    }
  }
}

const COMMAND_LISTS: ReadonlySet<string> = new Set(['runcmd', 'bootcmd']);

function walkMapping(walk: Walk, scope: Scope, mapping: Mapping, key: string): void {
  if (!mayGoOn(walk) || mapping.$patch === 'delete') return;
  const kind = listedKind(mapping);
  if (kind !== undefined) {
    walkItems(walk, scope, mapping, 'items', kind === '' ? '' : textOf(mapping.apiVersion), kind);
  } else if (isObject(mapping)) {
    if (mapping.kind === 'Template' && Array.isArray(mapping.objects))
      walkItems(walk, scope, mapping, 'objects', '', '');
    else walkObject(walk, scope, mapping, mapping.apiVersion, mapping.kind);
  } else walkInside(walk, scope, mapping, key);
}

function walkItems(walk: Walk, scope: Scope, list: Mapping, key: string, apiVersion: string, kind: string): void {
  const items = list[key] as readonly unknown[];
  items.forEach((item, index) => {
    walk.path.push(key, index);
    walkItem(walk, scope, item, apiVersion, kind);
    walk.path.length -= 2;
  });
}

function walkInside(walk: Walk, around: Scope, mapping: Mapping, key: string): void {
  const named = namedScope(around, mapping);
  const patch = patchTarget(mapping);
  if (patch !== undefined) return walkPatch(walk, named, mapping, patch);
  const scope = named.pods ? podScope(walk, named, mapping, key) : named;
  if (scope.container?.value === mapping) takeCommand(walk, scope, scope.container);
  walkMembers(walk, scope, mapping);
  if (scope.pod !== undefined && scope.pod !== around.pod && !scope.pod.isEmpty()) {
    walk.out.push({ kind: 'pod', view: scope.pod });
  }
}

/** A pod template's annotations are those of the pods; a task's name is that of its container. */
function namedScope(scope: Scope, mapping: Mapping): Scope {
  const { name, metadata, spec, containerMode } = mapping;
  let inner = scope;
  if (typeof name === 'string' && name !== scope.name) inner = { ...inner, name };
  if (spec !== undefined && metadata !== undefined && mapping.kind === undefined) {
    const one: unknown = Array.isArray(metadata) ? metadata[0] : metadata;
    if (isMapping(one)) inner = { ...inner, podAnnotations: stringsOf(one.annotations) };
  }
  if (isMapping(containerMode) && containerMode.type === 'dind') inner = { ...inner, ownDocker: true };
  return inner;
}

/** The value is walked as though it stood where the patch puts it. */
function walkPatch(walk: Walk, scope: Scope, mapping: Mapping, { key, parent, adds }: PatchTarget): void {
  const { value } = mapping;
  if (!adds || value === undefined || value === null) return;
  walk.path.push('value');
  const pod = looseVolumes(walk, scope);
  if (typeof value === 'string') {
    if (key === 'hostPath' || (key === 'path' && parent === 'hostPath')) addHostPath(walk, pod, value);
    else takeString(walk, scope, value, key);
  } else {
    const inside: Scope = { ...scope, pod, whole: false };
    if (!scope.pods || !takePodMember(walk, inside, { [key]: value }, key)) walkValue(walk, scope, value, key);
  }
  walk.path.pop();
}

/** Long, and without a workload or a text in them. */
const SKIPPED: ReadonlySet<string> = new Set([
  'managedFields',
  'ownerReferences',
  'labels',
  'matchLabels',
  'nodeSelector',
  'affinity',
  'tolerations',
  'topologySpreadConstraints',
  'securityContext',
  'podSecurityContext',
  'imagePullSecrets',
  'finalizers',
]);

function walkMembers(walk: Walk, scope: Scope, mapping: Mapping): void {
  const isContainer = scope.container?.value === mapping;
  const base64 = encodedKey(mapping);
  for (const key in mapping) {
    const value = mapping[key];
    if (value === null || value === undefined) continue;
    if (typeof value !== 'string' && typeof value !== 'object') continue;
    if (SKIPPED.has(key) || (scope.patterns.size > 0 && scope.patterns.has(key))) continue;
    walk.path.push(key);
    if (isContainer && CONTAINER_MEMBERS.has(key)) {
      if (typeof value === 'object' && key !== 'command' && key !== 'args')
        takeContainerMember(walk, scope, value, key);
    } else if (typeof value === 'string') walkString(walk, scope, value, key, key === base64);
    else if (!scope.pods || !takePodMember(walk, scope, mapping, key)) walkMember(walk, scope, mapping, value, key);
    walk.path.pop();
  }
}

const CONTAINER_MEMBERS: ReadonlySet<string> = new Set(['command', 'args', 'env', 'environment', 'image']);

/** The key of a text that is written in base64: cloud-init's and CAPI's files. */
function encodedKey(mapping: Mapping): string | undefined {
  return typeof mapping.content === 'string' && /^b(?:ase)?64$/.test(textOf(mapping.encoding)) ? 'content' : undefined;
}

function walkString(walk: Walk, scope: Scope, text: string, key: string, encoded: boolean): void {
  const decoded = encoded ? decodeBase64(text) : undefined;
  if (decoded !== undefined) return takeDecoded(walk, scope, decoded, key);
  if (scope.pods && scope.kind !== 'ConfigMap' && isHostPathSetting(key, text)) {
    addHostPath(walk, scope.pod ?? looseVolumes(walk, scope), text);
  } else takeString(walk, scope, text, key);
}

/** `dockerSock: /var/run/docker.sock`: a chart's value that becomes the path of a volume. */
function isHostPathSetting(key: string, text: string): boolean {
  const first = key.charCodeAt(0) | 32;
  return first === 100 && /^docker_?(?:sock|socket)(?:_?path)?$/i.test(key) && isDockerSocket(normalHostPath(text));
}

function addHostPath(walk: Walk, pod: PodDraft, written: string): void {
  const hostPath = { written, normal: normalHostPath(written), type: '' };
  pod.add({ volume: { name: '', hostPath, sourceKind: 'hostPath', path: walk.path.slice() } });
}

function walkMember(walk: Walk, scope: Scope, mapping: Mapping, value: object, key: string): void {
  switch (key) {
    case 'status':
      // Of an object: what was, not what is asked for.
      if (mapping.apiVersion !== undefined || mapping.metadata !== undefined) return;
      break;
    case 'annotations':
      return walkAnnotations(walk, scope, value);
    case 'exec':
      if (isMapping(value) && Array.isArray(value.command)) {
        walk.path.push('command');
        takeWords(walk, scope, value.command, key);
        walk.path.pop();
        return;
      }
      break;
    case 'data':
      if (scope.kind === 'Secret') return walkSecret(walk, scope, value);
      break;
    case 'values':
    case 'valuesObject':
      return walkValue(walk, { ...scope, whole: false }, value, key);
  }
  walkValue(walk, scope, value, key);
}

/** Copies of former states, and settings on one line, which others look at. */
function walkAnnotations(walk: Walk, scope: Scope, annotations: object): void {
  for (const [key, value] of Object.entries(annotations)) {
    if (typeof value !== 'string' || /last-applied|\/original|\/applied/.test(key)) continue;
    walk.path.push(key);
    takeLongString(walk, scope, value, key);
    walk.path.pop();
  }
}

function walkSecret(walk: Walk, scope: Scope, data: object): void {
  for (const [key, value] of Object.entries(data)) {
    const decoded = typeof value === 'string' ? decodeBase64(value) : undefined;
    if (decoded === undefined) continue;
    walk.path.push(key);
    takeDecoded(walk, scope, decoded, key);
    walk.path.pop();
  }
}

function takeWords(walk: Walk, scope: Scope, words: readonly unknown[], key: string): void {
  const path = walk.path.slice();
  const texts = words.map((word, index) => ({ text: String(word), path: [...path, index] }));
  takeArgv(walk, scope, texts, key);
}

/** Counts a node; false once there were too many or the path is too long, which is told once. */
function mayGoOn({ budget, path, out }: Walk): boolean {
  budget.nodes += 1;
  if (budget.nodes <= MAX_NODES && path.length <= MAX_DEPTH) return true;
  if (!budget.told) {
    budget.told = true;
    const why =
      path.length > MAX_DEPTH
        ? `The document is nested more than ${MAX_DEPTH} levels deep; what is deeper was left out`
        : `The document has more than ${MAX_NODES.toLocaleString('en')} values, aliases counted each time; the rest was left out`;
    out.push({ kind: 'limit', why });
  }
  return false;
}
