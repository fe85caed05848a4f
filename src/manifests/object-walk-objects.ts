import type { ObjectRef } from '../core/finding.js';
import { patternKeys } from './object-walk-dialects.js';
import type { Scope } from './object-walk-scope.js';
import type { Path } from './place.js';
import { isMapping, type Mapping } from './mapping.js';
import { textOf } from './text-of.js';

export type ObjectValue = Mapping & { readonly apiVersion: string; readonly kind: string };

export function isObject(value: Mapping): value is ObjectValue {
  return typeof value.kind === 'string' && typeof value.apiVersion === 'string';
}

/** The kind whose items a list holds; `List` itself holds any. */
export function listedKind(value: Mapping): string | undefined {
  const kind = textOf(value.kind);
  return kind.endsWith('List') && Array.isArray(value.items) ? kind.slice(0, -4) : undefined;
}

/** The scope inside of an object. Findings name the outermost one: it is what somebody applied. */
export function objectScope(scope: Scope, value: Mapping, apiVersion: string, kind: string, path: Path): Scope {
  const metadata = isMapping(value.metadata) ? value.metadata : undefined;
  const own = stringsOf(metadata?.annotations);
  const annotations =
    own === NONE ? scope.annotations : scope.annotations === NONE ? own : { ...scope.annotations, ...own };
  const patterns = patternKeys(apiVersion, kind);
  return {
    object: scope.outermost ? refOf(kind, metadata) : scope.object,
    outermost: false,
    apiVersion,
    kind,
    annotations,
    podAnnotations: kind === 'Pod' ? own : NONE,
    pods: scope.pods,
    whole: true,
    patterns,
    pod: undefined,
    container: undefined,
    loose: { path, draft: undefined },
    name: '',
    ownDocker: scope.ownDocker || addsDockerd(value, apiVersion),
  };
}

const NONE: Readonly<Record<string, string>> = {};

export function stringsOf(value: unknown): Readonly<Record<string, string>> {
  if (!isMapping(value)) return NONE;
  for (const key in value) {
    if (typeof value[key] !== 'string') {
      return Object.fromEntries(
        Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      );
    }
  }
  return value as Readonly<Record<string, string>>;
}

/** Nothing is around yet. */
export function outermostScope(owner: ObjectRef, path: Path): Scope {
  return {
    object: owner,
    outermost: true,
    apiVersion: '',
    kind: '',
    annotations: NONE,
    podAnnotations: NONE,
    pods: true,
    whole: false,
    patterns: new Set(),
    pod: undefined,
    container: undefined,
    loose: { path, draft: undefined },
    name: '',
    ownDocker: false,
  };
}

function refOf(kind: string, metadata: Mapping | undefined): ObjectRef {
  const name = textOf(metadata?.name) || textOf(metadata?.generateName);
  const namespace = textOf(metadata?.namespace);
  return namespace === '' ? { kind, name } : { kind, namespace, name };
}

/** GitHub's runners: the older controller adds a dockerd unless told not to, the newer one in a mode of that name. */
function addsDockerd(value: Mapping, apiVersion: string): boolean {
  if (apiVersion.startsWith('actions.summerwind.dev/')) return true;
  return isMapping(value.containerMode) && value.containerMode.type === 'dind';
}
