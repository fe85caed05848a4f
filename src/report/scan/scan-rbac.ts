export interface RbacNeed {
  readonly group: string;
  readonly resource: string;
  readonly verbs: readonly string[];
}

/** The least ClusterRole that covers some needs. Custom resources are the reader's to add where they are not known. */
export function scanRbac(needs: readonly RbacNeed[], options: { readonly custom: 'unknown' | 'listed' }): string {
  const rules = rulesOf(needs).flatMap(({ group, resources, verbs }) => [
    `- apiGroups: [${quoted([group])}]`,
    `  resources: [${quoted(resources)}]`,
    `  verbs: [${quoted(verbs)}]`,
  ]);
  return [
    'apiVersion: rbac.authorization.k8s.io/v1',
    'kind: ClusterRole',
    'metadata:',
    '  name: dockershim-migrate-scan',
    'rules:',
    ...rules,
    ...(options.custom === 'listed' ? [] : CUSTOM_UNKNOWN),
    '',
  ].join('\n');
}

const CUSTOM_UNKNOWN = [
  '# Custom resources that hold pod templates: "migrate scan --print-rbac --cluster" names those of a cluster. Without',
  '# a rule for one of them, the scan says that it could not be listed, and goes on.',
];

interface RbacRule {
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** Resources of one group that need the same verbs stand together. */
function rulesOf(needs: readonly RbacNeed[]): RbacRule[] {
  const verbsOf = new Map<string, { group: string; resource: string; verbs: Set<string> }>();
  for (const { group, resource, verbs } of needs) {
    const key = `${group}/${resource}`;
    const known = verbsOf.get(key) ?? { group, resource, verbs: new Set<string>() };
    for (const verb of verbs) known.verbs.add(verb);
    verbsOf.set(key, known);
  }
  const rules = new Map<string, { group: string; resources: string[]; verbs: string[] }>();
  for (const { group, resource, verbs } of verbsOf.values()) {
    const sorted = [...verbs].sort();
    const key = `${group} ${sorted.join(' ')}`;
    const rule = rules.get(key) ?? { group, resources: [], verbs: sorted };
    rule.resources.push(resource);
    rules.set(key, rule);
  }
  return [...rules.values()];
}

const quoted = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(', ');
