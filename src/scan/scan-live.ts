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
  const text = ref.kind === 'Secret' ? undefined : JSON.stringify(value, asked);
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
