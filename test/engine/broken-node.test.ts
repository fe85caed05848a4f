import { afterEach, expect, test, vi } from 'vitest';
import { nodeState } from '../fakes/node-state.js';
import { standardWorld } from '../fakes/standard-world.js';
import { NODE, optionsFor, session } from './session.js';

afterEach(() => void vi.unstubAllGlobals());

const BROKEN = ['containerd', 'sandboxes of containerd', 'kubelet on containerd'] as const;

test.each(BROKEN)('a node with broken %s comes back by itself, and says what is wrong', async (broken) => {
  const world = await standardWorld('apart', { broken });
  const before = nodeState(world, NODE);
  const { plan, migrate } = session(world);
  const { outcome, errors } = await migrate(await plan(optionsFor('apart')));
  await world.settle();
  expect(outcome).toBe('rolled-back');
  expect(nodeState(world, NODE)).toEqual(before);
  const says = {
    containerd: /containerd\.service/,
    'sandboxes of containerd': /cni0/,
    'kubelet on containerd': /containerd\.sock: connect: permission denied/,
  };
  expect(errors.join('\n')).toMatch(says[broken]);
});

test.each(['containerd', 'sandboxes of containerd'] as const)(
  'what goes wrong while the node serves on Docker (%s) disturbs no container and evicts no pod',
  async (broken) => {
    const world = await standardWorld('apart', { broken, cordoned: false });
    const containers = () =>
      world
        .machine(NODE)
        .docker.containers()
        .map(({ id, startedAt }) => ({ id, startedAt }));
    const before = { containers: containers(), pods: [...world.cluster.pods.values()].map(({ uid }) => uid) };
    const { plan, migrate, operator } = session(world);
    const made = await plan(optionsFor('apart'));
    expect((await migrate(made)).outcome).toBe('rolled-back');
    expect(before.containers.length).toBeGreaterThan(4);
    expect({ containers: containers(), pods: [...world.cluster.pods.values()].map(({ uid }) => uid) }).toEqual(before);
    expect(operator.calls.filter((call) => /^(?:evict|setUnschedulable)/.test(call))).toEqual([]);
  },
);

test('a kubelet that does not come up is found out by its restarts, long before the deadline', async () => {
  const world = await standardWorld('apart', { broken: 'kubelet on containerd' });
  const { plan, migrate } = session(world);
  const { steps } = await migrate(await plan(optionsFor('apart')));
  const proof = steps.find(({ id, status }) => id.startsWith('prove/prove-node-ready') && status === 'failed');
  expect(proof?.ms).toBeLessThan(60_000);
});

test('a node that rolled itself back can be migrated by the same plan', async () => {
  const world = await standardWorld('shared');
  const made = await session(world).plan(optionsFor('shared'));
  const whole = session(await standardWorld('shared'));
  await whole.migrate(made);
  const restart = whole.operator.calls.findIndex((call) => call.includes('restart kubelet.service')) + 1;

  const { migrate } = session(world, { faults: [{ at: restart, how: 'dies' }] });
  await migrate(made).catch(() => undefined);
  await world.clock.sleep(300_000);
  expect(nodeState(world, NODE).cluster.runtime).toBe('docker://20.10.24');
  expect((await session(world).rollback()).outcome).toBe('rolled-back');
  expect((await session(world).migrate(made)).outcome).toBe('migrated');
});
