import { takeContainerMember } from './object-walk-containers.js';
import { takePodMember } from './object-walk-pods.js';
import type { Scope, Walk } from './object-walk-scope.js';
import { decodeBase64, takeDecoded, takeLongString, takeString, takeWords } from './object-walk-texts.js';
import { isMapping, type Mapping } from './mapping.js';
import { textOf } from './text-of.js';

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

export function walkMembers(walk: Walk, scope: Scope, mapping: Mapping): void {
  const isContainer = scope.container?.value === mapping;
  const base64 = encodedKey(mapping);
  for (const key in mapping) {
    const value = mapping[key];
    if (value === null || value === undefined) continue;
    if (typeof value !== 'string' && typeof value !== 'object') continue;
    if (SKIPPED.has(key) || scope.patterns?.has(key) === true) continue;
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
  takeString(walk, scope, text, key);
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
      return walk.visit({ ...scope, whole: false }, value, key);
  }
  walk.visit(scope, value, key);
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
