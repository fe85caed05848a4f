export interface RbacList {
  readonly group: string;
  readonly resource: string;
}

/** The least ClusterRole that a cluster scan needs: `list` on what it reads, nothing else. Custom resources are the reader's to add. */
export function scanRbac(lists: readonly RbacList[], options: { readonly custom: 'unknown' | 'listed' }): string {
  const groups = new Map<string, string[]>();
  for (const { group, resource } of lists) groups.set(group, [...(groups.get(group) ?? []), resource]);
  const rules = [...groups].flatMap(([group, resources]) => [
    `- apiGroups: ["${group}"]`,
    `  resources: [${resources.map((resource) => `"${resource}"`).join(', ')}]`,
    '  verbs: ["list"]',
  ]);
  return [
    'apiVersion: rbac.authorization.k8s.io/v1',
    'kind: ClusterRole',
    'metadata:',
    '  name: dockershim-migrate-scan',
    'rules:',
    ...rules,
    ...(options.custom === 'listed'
      ? []
      : [
          '# Custom resources that hold pod templates: "migrate scan --print-rbac --cluster" names those of a cluster. Without',
          '# a rule for one of them, the scan says that it could not be listed, and goes on.',
        ]),
    '',
  ].join('\n');
}
