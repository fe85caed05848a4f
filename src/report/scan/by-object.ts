import type { Finding, ObjectRef } from '../../core/finding.js';

/** What was found in one object of one file, or in a live object. */
export interface ObjectGroup {
  readonly object: ObjectRef;
  readonly file: string | undefined;
  /** Findings with the same fix stand together, in the order of the first of each. */
  readonly fixes: readonly { readonly fix: string; readonly findings: readonly Finding[] }[];
}

/** Findings by file and object, in the order in which these come first. */
export function byObject(findings: readonly Finding[]): ObjectGroup[] {
  const groups = new Map<string, { object: ObjectRef; file: string | undefined; fixes: Map<string, Finding[]> }>();
  for (const finding of findings) {
    const { object, file, fix } = finding;
    const key = JSON.stringify([file, object.kind, object.namespace, object.name]);
    const group = groups.get(key) ?? { object, file, fixes: new Map<string, Finding[]>() };
    groups.set(key, group);
    const same = group.fixes.get(fix);
    if (same === undefined) group.fixes.set(fix, [finding]);
    else same.push(finding);
  }
  return [...groups.values()].map(({ object, file, fixes }) => ({
    object,
    file,
    fixes: [...fixes].map(([fix, same]) => ({ fix, findings: same })),
  }));
}
