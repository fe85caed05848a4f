import type { ObjectRef } from '../core/finding.js';
import { mayGoOn, type Budget } from './object-walk-budget.js';
import { takeCommand } from './object-walk-containers.js';
import { isPipeline, runsElsewhere } from './object-walk-dialects.js';
import { walkMembers } from './object-walk-members.js';
import { isObject, listedKind, objectScope, outermostScope, stringsOf } from './object-walk-objects.js';
import { patchOf, walkPatch } from './object-walk-patches.js';
import { addHostPath, podScope } from './object-walk-pods.js';
import type { Scope, Subject, Walk } from './object-walk-scope.js';
import { takeString, takeWords } from './object-walk-texts.js';
import { isMapping, type Mapping } from './mapping.js';
import { textOf } from './text-of.js';
import type { SourceDocument } from './source-document.js';
import type { Source } from './source.js';

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
  if (itemKind === '' || listedKind(item) !== undefined) walkMapping(walk, scope, item, '');
  else walkObject(walk, scope, item, textOf(item.apiVersion) || apiVersion, itemKind);
}

function walkObject(walk: Walk, outer: Scope, value: Mapping, apiVersion: string, kind: string): void {
  if (value.$patch === 'delete') return;
  const scope = objectScope(outer, value, apiVersion, kind, walk.path.slice());
  walkInto(walk, scope, value, () => {
    if (scope.patterns !== undefined) walkInside(walk, scope, value, '');
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
  else if (mayGoOn(walk, value.length)) {
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
  const patch = patchOf(mapping);
  if (patch !== undefined) return walkPatch(walk, named, patch);
  const scope = named.pods ? podScope(walk, named, mapping, key) : named;
  if (scope.container?.value === mapping) takeCommand(walk, scope, scope.container);
  walkMembers(walk, scope, mapping);
  if (scope.pods && typeof mapping.value === 'string' && HOST_PATH_VALUE.test(textOf(mapping.name))) {
    walk.path.push('value');
    addHostPath(walk, scope, mapping.value);
    walk.path.pop();
  }
  if (scope.pod !== undefined && scope.pod !== around.pod && !scope.pod.isEmpty()) {
    walk.out.push({ kind: 'pod', view: scope.pod });
  }
}

/** A chart's value by its path: `extraVolumes[0].hostPath.path` in Argo CD's parameters and Terraform's `set`. */
const HOST_PATH_VALUE = /[.\]]hostPath(?:\.path)?$/;

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
