import { describe, expect, it } from 'vitest';
import { planParts } from '../../src/cli/plan-parts.js';
import { known } from '../../src/core/fact.js';
import type { KubeletRuntime, NodeInventory } from '../../src/core/inventory.js';
import { targetSchema, type NodePlan, type Target } from '../../src/core/plan.js';
import { buildNodePlan } from '../../src/plan/build-node-plan.js';
import { inventory, migrateOptions } from '../fixtures/inventory.js';

const crio = {
  ...{ binary: '/usr/bin/crio', version: '1.21.7' },
  ...{ configPath: '/etc/crio/crio.conf', configDir: '/etc/crio/crio.conf.d', effectiveConfig: '' },
};
const criDockerd = { binary: '/usr/bin/cri-dockerd', version: '0.3.4', unit: 'cri-docker.service', execStart: '' };

/** A node with all runtimes, its kubelet on one of them, and the Node of the same opinion. */
function nodeOn(kind: KubeletRuntime['kind'], runtimeVersion: string | undefined): NodeInventory {
  const base = inventory({
    ...{ crio: known(crio, 'crio'), criDockerd: known(criDockerd, 'cri-dockerd') },
    kubelet: { value: { runtime: { kind, endpoint: `unix:///run/${kind}.sock` } } } as never,
    node: (runtimeVersion === undefined ? { known: false, why: 'away' } : { value: { runtimeVersion } }) as never,
  });
  return base;
}

const planFor = async (node: NodeInventory, target: Target): Promise<NodePlan> => {
  const options = migrateOptions({ target });
  return buildNodePlan(node, options, await planParts(options)).nodePlan;
};

describe('the plan of a node', () => {
  it.each<[Target, string]>([
    ['containerd', 'containerd://1.6.20'],
    ['crio', 'cri-o://1.21.7'],
    ['cri-dockerd', 'docker://20.10.24 by cri-dockerd 0.3.4'],
  ])('to %s says what the Node is going to report', async (target, to) => {
    const { from, to: planned, phases } = await planFor(nodeOn('dockershim', 'docker://20.10.24'), target);
    expect({ from, planned }).toEqual({ from: 'docker://20.10.24', planned: to });
    expect(phases.map(({ name }) => name)).toEqual(['stage', 'vacate', 'switch', 'prove', 'give-back']);
  });

  it.each<[KubeletRuntime['kind'], string, Target | undefined]>([
    ['containerd', 'containerd://1.6.20', 'containerd'],
    ['cri-o', 'cri-o://1.21.7', 'crio'],
    ['cri-dockerd', 'docker://20.10.24', 'cri-dockerd'],
    ['dockershim', 'docker://20.10.24', undefined],
  ])('of one whose kubelet is on %s is done for that target alone', async (kind, runtimeVersion, done) => {
    for (const target of targetSchema.options) {
      const { verdict, from } = await planFor(nodeOn(kind, runtimeVersion), target);
      expect({ target, already: verdict === 'already' }).toEqual({ target, already: target === done });
      expect(from).toBe(runtimeVersion);
      // Without the cluster the host alone says what it runs on.
      expect((await planFor(nodeOn(kind, undefined), target)).from).toBe(runtimeVersion);
    }
  });

  it('is not done where the Node still reports another runtime', async () => {
    expect((await planFor(nodeOn('cri-o', 'docker://20.10.24'), 'crio')).verdict).toBe('blocked');
  });

  it('to CRI-O goes through the same steps as to containerd', async () => {
    const kinds = async (target: Target): Promise<readonly string[]> =>
      (await planParts(migrateOptions({ target }))).playbook.phases.flatMap(({ name, steps }) =>
        steps.map(({ kind, argument }) => `${name}/${kind}/${argument ?? ''}`),
      );
    expect(await kinds('crio')).toEqual(await kinds('containerd'));
  });
});
