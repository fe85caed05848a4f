import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { printRbac } from '../../src/cli/print-rbac.js';

interface Role {
  readonly kind: string;
  readonly rules: readonly { apiGroups: string[]; resources: string[]; verbs: string[] }[];
}
const roleOf = async (flags: Parameters<typeof printRbac>[0]) => parse(await printRbac(flags)) as Role;
const verbsOf = ({ rules }: Role, group: string, resource: string) =>
  rules
    .filter(({ apiGroups, resources }) => apiGroups.includes(group) && resources.includes(resource))
    .flatMap(({ verbs }) => verbs);

describe('printRbac', () => {
  it('asks for lists alone, without a cluster to ask', async () => {
    const role = await roleOf({});
    expect(role.kind).toBe('ClusterRole');
    expect(new Set(role.rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(['list']));
    expect(verbsOf(role, '', 'secrets')).toEqual([]);
    expect(await printRbac({})).toContain('# Custom resources that hold pod templates');
  });

  it('asks for Secrets only where they are to be read', async () => {
    expect(verbsOf(await roleOf({ secrets: true }), '', 'secrets')).toEqual(['list']);
    expect(verbsOf(await roleOf({ helmReleases: true }), '', 'secrets')).toEqual(['list']);
  });

  it('asks for what the inventory of nodes takes', async () => {
    const role = await roleOf({ nodes: true });
    expect(verbsOf(role, '', 'nodes')).toEqual(['get', 'list']);
    expect(verbsOf(role, '', 'pods')).toEqual(['list']);
    expect(verbsOf(role, 'policy', 'poddisruptionbudgets')).toEqual(['list']);
    expect(verbsOf(role, 'node.k8s.io', 'runtimeclasses')).toEqual(['list']);
  });
});
