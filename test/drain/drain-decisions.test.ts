import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClusterPod } from '../../src/core/cluster-objects.js';
import { drainDecisions } from '../../src/drain/drain-decisions.js';
import { aPod, owner } from './a-pod.js';
import { containing } from '../kube/containing.js';

const strict = { force: false, deleteEmptyDirData: false };
const lax = { force: true, deleteEmptyDirData: true };
const live: ReadonlySet<string> = new Set();
const gone: ReadonlySet<string> = new Set(['team-a/agent']);

const decide = (pod: ClusterPod, options: typeof strict, goneDaemonSets = live) => {
  const { evict, stay, refusals, warnings } = drainDecisions([pod], { options, goneDaemonSets });
  return {
    decision: evict.length > 0 ? 'evict' : stay.length > 0 ? 'stay' : 'refuse',
    refusals: refusals.map(({ because }) => because),
    warnings: warnings.map(({ warning }) => warning),
  };
};

const agent = aPod({ owners: [owner('DaemonSet', 'agent')] });
const bare = aPod({ owners: [] });
const scratch = aPod({ hasEmptyDir: true });
const mirror = aPod({ owners: [], annotations: { 'kubernetes.io/config.mirror': 'abc' } });

describe('drainDecisions', () => {
  it.each([
    ['a pod of a ReplicaSet', aPod(), 'evict', 'evict'],
    ['a pod without a controller', bare, 'refuse', 'evict'],
    [
      'a pod whose owner does not control it',
      aPod({ owners: [owner('ReplicaSet', 'web', 'apps/v1', false)] }),
      'refuse',
      'evict',
    ],
    ['a pod of some operator', aPod({ owners: [owner('Database', 'db', 'example.com/v1')] }), 'evict', 'evict'],
    ['a pod with an emptyDir', scratch, 'refuse', 'evict'],
    [
      'a finished pod with an emptyDir and no controller',
      aPod({ owners: [], hasEmptyDir: true, phase: 'Succeeded' }),
      'evict',
      'evict',
    ],
    ['a failed one', aPod({ owners: [], hasEmptyDir: true, phase: 'Failed' }), 'evict', 'evict'],
    [
      'one that is being deleted',
      aPod({ owners: [], hasEmptyDir: true, deletionTimestamp: '2024-01-01T00:00:00Z' }),
      'evict',
      'evict',
    ],
    ['a DaemonSet pod', agent, 'stay', 'stay'],
    ['a DaemonSet pod with an emptyDir', { ...agent, hasEmptyDir: true }, 'stay', 'stay'],
    [
      'a DaemonSet pod with an owner of before 1.9',
      aPod({ owners: [owner('DaemonSet', 'agent', 'extensions/v1beta1')] }),
      'stay',
      'stay',
    ],
    ['a pod of OpenKruise', aPod({ owners: [owner('DaemonSet', 'agent', 'apps.kruise.io/v1alpha1')] }), 'stay', 'stay'],
    [
      'a DaemonSet of somebody else',
      aPod({ owners: [owner('DaemonSet', 'agent', 'example.com/v1')] }),
      'evict',
      'evict',
    ],
    ['a finished DaemonSet pod', { ...agent, phase: 'Failed' }, 'evict', 'evict'],
    ['a mirror pod', mirror, 'stay', 'stay'],
    ['a mirror pod with an emptyDir', { ...mirror, hasEmptyDir: true }, 'stay', 'stay'],
    ['a static pod by its owner', aPod({ owners: [owner('Node', 'node-1', 'v1')] }), 'stay', 'stay'],
    ['a pod that opted out', aPod({ owners: [], labels: { 'cluster.x-k8s.io/drain': 'skip' } }), 'stay', 'stay'],
  ])('%s', (_name, pod, strictly, laxly) => {
    expect(decide(pod, strict).decision).toBe(strictly);
    expect(decide(pod, lax).decision).toBe(laxly);
  });

  it('refuses pods of a DaemonSet that is gone, unless forced', () => {
    expect(decide(agent, strict, gone)).toMatchObject({
      decision: 'refuse',
      refusals: ['its DaemonSet agent does not exist any more'],
    });
    expect(decide(agent, lax, gone)).toMatchObject({ decision: 'evict', warnings: [containing('agent')] });
    expect(decide({ ...agent, namespace: 'team-b' }, strict, gone).decision).toBe('stay');
  });

  it('collects everything there is to say of a pod', () => {
    const pod = aPod({ owners: [], hasEmptyDir: true });
    expect(decide(pod, strict).refusals).toHaveLength(2);
    expect(decide(pod, lax).warnings).toHaveLength(2);
    expect(decide(pod, { force: true, deleteEmptyDirData: false })).toMatchObject({
      decision: 'refuse',
      refusals: [containing('emptyDir')],
      warnings: [containing('controller')],
    });
  });

  it('puts every pod in exactly one place', () => {
    const pods = fc.array(
      fc.record({
        phase: fc.constantFrom('Running', 'Pending', 'Succeeded', 'Failed'),
        hasEmptyDir: fc.boolean(),
        owners: fc.subarray([owner('ReplicaSet', 'web'), owner('DaemonSet', 'agent'), owner('Node', 'node-1', 'v1')]),
        deletionTimestamp: fc.constantFrom(undefined, '2024-01-01T00:00:00Z'),
      }),
    );
    const options = fc.record({ force: fc.boolean(), deleteEmptyDirData: fc.boolean() });
    fc.assert(
      fc.property(pods, options, fc.constantFrom(live, gone), (given, chosen, goneDaemonSets) => {
        const all = given.map((overrides, index) => aPod({ ...overrides, name: `pod-${index}` }));
        const { evict, stay, refusals } = drainDecisions(all, { options: chosen, goneDaemonSets });
        const refused = new Set(refusals.map(({ pod }) => pod.name));
        const placed = [...evict.map(({ name }) => name), ...stay.map(({ pod }) => pod.name), ...refused];
        expect(placed.sort()).toEqual(all.map(({ name }) => name).sort());
        if (chosen.force && chosen.deleteEmptyDirData) expect(refused.size).toBe(0);
      }),
    );
  });
});
