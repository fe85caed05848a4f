import { SEVERITIES, type Finding, type ObjectRef, type Severity } from '../../core/finding.js';

/** An object in one file, or in the cluster, and all that was found in it: a row of the matrix. */
export interface ScanSubject {
  /** Says it all, so that a link to a filtered view holds: `Deployment/shop/builder in deploy/builder.yaml`. */
  readonly label: string;
  readonly object: ObjectRef;
  /** Undefined in a cluster, and where the object is the file. */
  readonly file?: string;
  /** The gravest first, what is suppressed last. */
  readonly findings: readonly Finding[];
}

/** Findings by what they are about, the gravest first; the order does not depend on that of the findings. */
export function scanSubjects(findings: readonly Finding[]): ScanSubject[] {
  const byLabel = new Map<string, Finding[]>();
  for (const finding of findings) {
    const label = labelOf(finding);
    const some = byLabel.get(label);
    if (some === undefined) byLabel.set(label, [finding]);
    else some.push(finding);
  }
  return [...byLabel]
    .map(([label, some]) => {
      const sorted = some.sort(byGravity);
      const [{ object, file }] = sorted as [Finding, ...Finding[]];
      const named = file !== undefined && !(object.kind === 'File' && object.name === file);
      return { subject: { label, object, ...(named ? { file } : {}), findings: sorted }, weight: weightOf(sorted) };
    })
    .sort((a, b) => compareLists(a.weight, b.weight) || compare(a.subject.label, b.subject.label))
    .map(({ subject }) => subject);
}

function labelOf({ object, file }: Finding): string {
  const name = [object.kind, object.namespace, object.name].filter((part) => part !== undefined).join('/');
  return file === undefined || (object.kind === 'File' && object.name === file) ? name : `${name} in ${file}`;
}

const rank = (severity: Severity): number => SEVERITIES.indexOf(severity);

const byGravity = (a: Finding, b: Finding): number =>
  Number(a.suppressed !== undefined) - Number(b.suppressed !== undefined) ||
  rank(a.severity) - rank(b.severity) ||
  compare(a.confidence, b.confidence) ||
  compare(a.file ?? '', b.file ?? '') ||
  (a.line ?? 0) - (b.line ?? 0) ||
  (a.column ?? 0) - (b.column ?? 0) ||
  compare(a.ruleId, b.ruleId) ||
  compare(a.fingerprint, b.fingerprint);

/** Fewer of nothing and more of what is grave come first. */
function weightOf(findings: readonly Finding[]): number[] {
  const open = findings.filter(({ suppressed }) => suppressed === undefined);
  return SEVERITIES.flatMap((severity) => [
    -open.filter((finding) => finding.severity === severity && finding.confidence === 'definite').length,
    -open.filter((finding) => finding.severity === severity).length,
  ]);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const compareLists = (a: readonly number[], b: readonly number[]): number =>
  a.map((value, index) => value - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
