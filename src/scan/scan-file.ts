import type { ObjectRef } from '../core/finding.js';
import type { ScanError } from '../core/scan-report.js';
import { decodeText } from '../manifests/decode-text.js';
import { parseText } from '../manifests/parse-text.js';
import { subjectsOf, textSubjects, type Subject } from '../manifests/subjects.js';
import type { Found } from './found.js';
import { ESCAPED, mayHold } from './may-hold.js';
import { scanSubject } from './scan-subject.js';
import type { ScanContext } from './scan-context.js';

export interface FileScan {
  readonly found: readonly Found[];
  readonly errors: readonly ScanError[];
  /** Documents and texts that were looked into, those without any rule's words among them. */
  readonly objects: number;
}

const NOTHING: FileScan = { found: [], errors: [], objects: 0 };

/**
 * Scans the content of one file, whatever it is. Files without any rule's words are not parsed: a rule finds nothing there,
 * and whether they are well-formed is not asked.
 */
export function scanFile(file: string, bytes: Uint8Array, context: ScanContext): FileScan {
  if (!mayHold(bytes, context.words)) return NOTHING;
  const decoded = decodeText(bytes);
  return 'binary' in decoded ? NOTHING : scanText(file, decoded.text, context);
}

/** Scans a decoded text. What in it is no Kubernetes object belongs to `owner`. */
export function scanText(
  file: string,
  text: string,
  context: ScanContext,
  owner: ObjectRef = { kind: 'File', name: file },
): FileScan {
  const rules = ESCAPED.test(text) ? context.rules : context.rulesFor(text);
  // All documents of a file that holds a word are parsed: should one of them be broken, the reader has to know.
  const parsed = parseText(text);
  const found = new Map<string, Found>();
  const errors: ScanError[] = parsed.errors.map((error) => ({ subject: file, ...error }));
  let objects = 0;

  const take = (subjects: Iterable<Subject>, inTemplate: boolean): void => {
    for (const subject of subjects) {
      if (subject.kind === 'limit') {
        errors.push({ subject: file, message: subject.why });
        continue;
      }
      if (subject.kind === 'object') objects += 1;
      for (const one of scanSubject(subject, { file, inTemplate }, rules, context.scene)) {
        // A place that several views show is told once; the first view is the most special one.
        const key = [one.ruleId, one.line, one.column, one.object.kind, one.object.name, one.container].join('\0');
        if (!found.has(key)) found.set(key, one);
      }
    }
  };

  for (const document of parsed.documents) take(subjectsOf(document, owner), document.template);
  for (const { text: part, role, source } of parsed.texts)
    take(textSubjects(part, role, source, owner), parsed.template);
  return { found: [...found.values()], errors, objects };
}
