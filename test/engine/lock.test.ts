import { afterEach, expect, test, vi } from 'vitest';
import { LOCK_PATH } from '../../src/core/node-paths.js';
import { freeStaleLock } from '../../src/engine/lock.js';
import { nodeState } from '../fakes/node-state.js';
import { standardWorld } from '../fakes/standard-world.js';
import { NODE, optionsFor, session } from './session.js';

afterEach(() => void vi.unstubAllGlobals());

test('a second migration of a node is refused while the first is at it, by the name of who holds it', async () => {
  const world = await standardWorld('shared');
  const made = await session(world).plan(optionsFor('shared'));
  const second = session(world);
  const tries: Promise<string>[] = [];
  const first = session(world, {
    onCall: (number) => {
      // The first one has the lock by its sixth call, and gives it back with its last.
      if (number > 6 && number < 90)
        tries.push(
          second.migrate(made).then(
            () => 'it went through',
            (error: Error) => error.message,
          ),
        );
    },
  });
  const result = await first.migrate(made);
  expect(result).toMatchObject({ outcome: 'migrated', errors: [] });
  const answers = new Set(await Promise.all(tries));
  expect(tries.length).toBeGreaterThan(50);
  expect([...answers]).toEqual([
    expect.stringMatching(/^w1 is being migrated by alice@workstation since 2024-\S+ \(plan w1-\w+\)$/),
  ]);
  await world.settle();
  expect(nodeState(world, NODE)).toMatchObject({
    locked: false,
    cluster: { ready: true, runtime: 'containerd://1.6.20' },
  });
});

test('a lock that cannot be read is somebody’s all the same', async () => {
  const world = await standardWorld('shared');
  world.machine(NODE).files.write(LOCK_PATH, '{"planId":');
  const { plan, migrate } = session(world);
  await expect(migrate(await plan(optionsFor('shared')))).rejects.toThrow(
    /being migrated by somebody \(.*lock is damaged\)/,
  );
});

test('a lock is free again when nobody can be behind it, and only then', async () => {
  const world = await standardWorld('shared');
  const { plan, migrate, operator } = session(world);
  const { files } = world.machine(NODE);
  const lock = (planId: string): void =>
    files.write(LOCK_PATH, JSON.stringify({ planId, owner: 'bob', since: world.clock.now().toISOString() }));

  lock('w1-never-began');
  expect(await freeStaleLock(operator.host)).toBe(true);
  expect(files.entry(LOCK_PATH)).toBeUndefined();

  const made = await plan(optionsFor('shared'));
  await migrate(made);
  await world.clock.sleep(1000);
  // Taken after the migration ended: a rollback that has not written yet.
  lock(made.nodes[0]?.planId ?? '');
  expect(await freeStaleLock(operator.host)).toBe(false);
});
