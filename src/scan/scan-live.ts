import type { ObjectRef } from '../core/finding.js';
import { liveSource } from '../manifests/live-source.js';
import { subjectsOf } from '../manifests/subjects.js';
import type { Found } from './found.js';
import type { ScanContext } from './scan-context.js';
import { scanSubject } from './scan-subject.js';

export interface LiveScan {
  readonly found: readonly Found[];
  /** Why parts of the object were not looked at; empty nearly always. */
  readonly limits: readonly string[];
}

const NOTHING: LiveScan = { found: [], limits: [] };

/** Scans an object of the API server, or anything else that is a value and has no lines. */
export function scanLive(value: unknown, ref: ObjectRef, context: ScanContext): LiveScan {
  // Base64 hides words.
  const text = ref.kind === 'Secret' ? undefined : JSON.stringify(askedFor(value, ref.kind));
  if (text !== undefined && !context.words.inText(text)) return NOTHING;
  const rules = text === undefined ? context.rules : context.rulesFor(text);
  const document = { source: liveSource(value), value, form: 'live', template: false } as const;
  const found = new Map<string, Found>();
  const limits: string[] = [];
  for (const subject of subjectsOf(document, ref)) {
    if (subject.kind === 'limit') {
      limits.push(subject.why);
      continue;
    }
    for (const one of scanSubject(subject, { file: undefined, inTemplate: false }, rules, context.scene)) {
      const key = [one.ruleId, one.container, one.evidence, one.message].join('\0');
      if (!found.has(key)) found.set(key, one);
    }
  }
  return { found: [...found.values()], limits };
}

interface Live {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>>; readonly [key: string]: unknown };
  readonly status?: { readonly nodeInfo?: unknown };
  readonly [key: string]: unknown;
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * What of an object can hold words that count. On a node with Docker the status of every pod names it; what somebody applied
 * before, and who manages which field, are copies.
 */
function askedFor(value: unknown, kind: string): unknown {
  const { status, metadata = {}, ...rest } = value as Live;
  const { managedFields: _fields, annotations = {}, ...named } = metadata;
  const { [LAST_APPLIED]: _applied, ...others } = annotations;
  const nodeInfo = kind === 'Node' ? { status: { nodeInfo: status?.nodeInfo } } : {};
  return { ...rest, metadata: { ...named, annotations: others }, ...nodeInfo };
}
