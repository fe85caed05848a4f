import { redactSecrets } from '../core/redact-secrets.js';
import type { Location } from '../core/finding.js';
import type { Source } from '../manifests/source.js';
import type { Subject } from '../manifests/subjects.js';
import type { Hit, Rule, Scene } from '../rules/rule.js';
import type { Found } from './found.js';
import { suppressionOf } from './suppression-of.js';

const EVIDENCE_LENGTH = 200;

/** Of one rule in one text: whoever has a thousand has understood. */
const MOST_HITS = 1000;

export interface Origin {
  /** Undefined for a live object. */
  readonly file: string | undefined;
  readonly inTemplate: boolean;
}

/** What rules find in one subject. */
export function scanSubject(
  subject: Exclude<Subject, { kind: 'limit' }>,
  origin: Origin,
  rules: readonly Rule[],
  scene: Scene,
): Found[] {
  const found: Found[] = [];
  for (const rule of rules) {
    let hits = 0;
    for (const hit of hitsOf(rule, subject, scene)) {
      if (++hits > MOST_HITS) break;
      found.push(foundOf(rule, hit, subject, origin));
    }
  }
  return found;
}

const NONE: readonly Hit[] = [];

function hitsOf(rule: Rule, subject: Exclude<Subject, { kind: 'limit' }>, scene: Scene): Iterable<Hit> {
  switch (subject.kind) {
    case 'object':
      return rule.object?.(subject.view, scene) ?? NONE;
    case 'pod':
      return rule.pod?.(subject.view, scene) ?? NONE;
    case 'text':
      return rule.text?.(subject.view, scene) ?? NONE;
  }
}

function foundOf(rule: Rule, hit: Hit, { kind, view }: Exclude<Subject, { kind: 'limit' }>, origin: Origin): Found {
  const location = hit.at === undefined ? undefined : view.source.locate(hit.at);
  const container = hit.container ?? (kind === 'text' ? view.container?.name : undefined);
  const annotations = kind === 'pod' ? [view.annotations, view.podAnnotations] : [view.annotations];
  const ofPod = kind === 'text' && view.pod !== undefined ? [view.pod.podAnnotations] : [];
  const suppressed = suppressionOf(rule.id, [...annotations, ...ofPod], view.source, location?.line);
  return {
    ruleId: rule.id,
    severity: hit.severity ?? rule.severity,
    confidence: hit.confidence ?? 'definite',
    message: hit.message,
    object: view.object,
    ...(container === undefined || container === '' ? {} : { container }),
    ...(origin.file === undefined ? {} : { file: origin.file }),
    ...(location ?? {}),
    evidence: evidenceOf(hit, view.object.kind, view.source, location),
    fix: hit.fix ?? rule.fix,
    ...(suppressed === undefined ? {} : { suppressed }),
    ...(origin.inTemplate ? { inTemplate: true } : {}),
  };
}

/** Of a Secret only what the rule itself shows: its other text is nobody's business. */
function evidenceOf(hit: Hit, kind: string, source: Source, location: Location | undefined): string {
  if (kind === 'Secret') return oneLine(hit.evidence ?? '');
  if (hit.evidence !== undefined) return oneLine(hit.evidence);
  if (location === undefined) return hit.at === undefined ? '' : oneLine(source.textAt?.(hit.at) ?? '');
  const line = source.lineText(location.line) ?? '';
  const exact = location.endLine === location.line ? line.slice(location.column - 1, location.endColumn - 1) : '';
  return oneLine(exact.trim() === '' ? line : exact);
}

function oneLine(text: string): string {
  const line = redactSecrets(text.slice(0, 4 * EVIDENCE_LENGTH))
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > EVIDENCE_LENGTH ? `${line.slice(0, EVIDENCE_LENGTH - 1)}…` : line;
}
