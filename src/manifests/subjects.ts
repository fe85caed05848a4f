import type { ObjectRef } from '../core/finding.js';
import { runsElsewhere } from './object-walk-dialects.js';
import { listedKind, outermostScope } from './object-walk-objects.js';
import type { Subject } from './object-walk-scope.js';
import { enterParts } from './object-walk-structures.js';
import { walkDocument, walkItem, walkOf } from './object-walk.js';
import { isMapping, type Mapping } from './mapping.js';
import { textOf } from './text-of.js';
import type { SourceDocument } from './source-document.js';
import type { Source } from './source.js';
import { shellOnly } from './text-views-role.js';
import { textView } from './text-views.js';
import type { TextRole } from './views.js';

export type { Subject } from './object-walk-scope.js';

/**
 * All that rules look at in a document: its objects, the pods in them and the texts. The owner is whose a document is that
 * holds no object. What is more special comes first: a container's script before its pod, and the object last.
 */
export function subjectsOf(document: SourceDocument, owner: ObjectRef): Iterable<Subject> {
  const { value, source } = document;
  if (runsElsewhere(value)) return [];
  if (isMapping(value) && Array.isArray(value.items) && listedKind(value) !== undefined)
    return itemSubjects(value, document, owner);
  const out: Subject[] = [];
  walkDocument(walkOf(source, out, { nodes: 0, told: false }, 0), owner, document);
  return out;
}

/** Item by item: a list of a whole cluster is not to be held in memory twice. */
function* itemSubjects(list: Mapping, { source }: SourceDocument, owner: ObjectRef): Iterable<Subject> {
  const kind = listedKind(list) ?? '';
  const apiVersion = kind === '' ? '' : textOf(list.apiVersion);
  let budget = { nodes: 0, told: false };
  let tooMuch = false;
  for (const [index, item] of (list.items as readonly unknown[]).entries()) {
    // Each may cost as much as a document, until one was too much: then all that follow together.
    if (!tooMuch) budget = { nodes: 0, told: budget.told };
    tooMuch ||= budget.told;
    const out: Subject[] = [];
    const walk = walkOf(source, out, budget, 0);
    walk.path.push('items', index);
    walkItem(walk, outermostScope(owner, walk.path.slice()), item, apiVersion, kind);
    yield* out;
  }
}

/** Those of a text that is no document as a whole; documents in it are among them. */
export function textSubjects(text: string, told: TextRole, source: Source, owner: ObjectRef): Iterable<Subject> {
  const role = shellOnly(text, told);
  const out: Subject[] = [];
  const walk = walkOf(source, out, { nodes: 0, told: false }, 0);
  const scope = outermostScope(owner, []);
  enterParts(walk, scope, text, role, source, []);
  const { object, apiVersion, annotations } = scope;
  out.push({
    kind: 'text',
    view: textView({ object, apiVersion, annotations, source, path: [], key: '' }, role, text),
  });
  return out;
}
