import type { Suppression } from '../core/finding.js';
import type { Source } from '../manifests/source.js';
import { covers, ignoreDirective } from './ignore-directive.js';

export const IGNORE_ANNOTATION = 'dockershim-migrate.io/ignore';

/** A comment stands at the end of its line; in a line of megabytes nobody looks for one elsewhere. */
const LONGEST_COMMENT = 1000;

const COMMENT = /(?:#|\/\/|;|--|<!--)\s*dockershim-migrate:\s*ignore\s+([^\n]*?)\s*(?:-->)?\s*$/;

/** What the object's annotations or a comment on the finding's line, or right above it, say about a rule. */
export function suppressionOf(
  ruleId: string,
  annotations: readonly Readonly<Record<string, string>>[],
  source: Source,
  line: number | undefined,
): Suppression | undefined {
  for (const one of annotations) {
    const directive = ignoreDirective(one[IGNORE_ANNOTATION] ?? '');
    if (directive !== undefined && covers(directive, ruleId)) return { by: 'annotation', reason: directive.reason };
  }
  if (line === undefined) return undefined;
  const own = commentFor(ruleId, source.lineText(line));
  if (own !== undefined) return own;
  // Comments above it that have a line to themselves.
  for (let above = line - 1; above > 0; above--) {
    const text = source.lineText(above);
    if (text === undefined || !/^\s*(#|\/\/|;|--|<!--)/.test(text)) return undefined;
    const found = commentFor(ruleId, text);
    if (found !== undefined) return found;
  }
  return undefined;
}

function commentFor(ruleId: string, line: string | undefined): Suppression | undefined {
  const end = line?.slice(-LONGEST_COMMENT);
  if (end?.includes('dockershim-migrate') !== true) return undefined;
  const directive = ignoreDirective(COMMENT.exec(end)?.[1] ?? '');
  return directive !== undefined && covers(directive, ruleId) ? { by: 'comment', reason: directive.reason } : undefined;
}
