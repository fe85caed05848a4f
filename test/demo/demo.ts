import { isDeepStrictEqual } from 'node:util';
import { planParts } from '../../src/cli/plan-parts.js';
import { terminal } from '../../src/cli/terminal.js';
import type { NodeInventory } from '../../src/core/inventory.js';
import type { MigrateOptions, MigrationPlan } from '../../src/core/plan.js';
import { buildPlan } from '../../src/plan/build-plan.js';
import { inventoryText } from '../../src/report/inventory-text.js';
import { planText } from '../../src/report/plan-text.js';
import { statusText } from '../../src/report/status-text.js';
import { unknownFacts } from '../../src/report/unknown-facts.js';
import { differences } from '../engine/differences.js';
import { nodeState } from '../fakes/node-state.js';
import { operator } from '../fakes/operator.js';
import { leastReady } from './least-ready.js';
import { narrator } from './narrator.js';
import { runMigration } from './run-migration.js';
import { shopCluster } from './shop-cluster.js';
import { statusOf } from './status-of.js';

export interface DemoOptions {
  /** How many times faster than real time the simulated cluster lives. */
  readonly pace: number;
  /** How long a person is given to read before it goes on. */
  readonly readingMs: number;
}

const NODES = ['worker-1', 'worker-2', 'worker-3'];
const OPTIONS: MigrateOptions = {
  target: 'containerd',
  foreign: 'block',
  drain: { force: false, deleteEmptyDirData: false, timeoutMs: 300_000 },
};

/** Plays the migration of a cluster. Returns what did not go as it should. */
export async function demo({ pace, readingMs }: DemoOptions): Promise<string[]> {
  const { say, remark, command, aside, pause } = narrator(readingMs);
  const text = { color: terminal.outColor, width: terminal.width };
  const wrong: string[] = [];
  const expect = (what: string, seen: unknown, wanted: unknown): boolean => {
    const same = isDeepStrictEqual(seen, wanted);
    if (!same) wrong.push(`${what}: ${JSON.stringify(seen)} instead of ${JSON.stringify(wanted)}`);
    return same;
  };

  say('THIS IS A SIMULATION: nothing outside this process is touched.\n');
  say(
    'The three nodes below (their files, systemd, Docker, containerd, kubelets) and their API server exist only in the ' +
      'memory of this process. What works on them is the real "migrate": its inventory, plan, engine and views.',
  );
  if (Number.isFinite(pace)) say(`Time passes ${pace} times as fast there as here.`);
  await pause(2);

  const world = await shopCluster();
  const webReady = leastReady(world.cluster, 'web');
  const planFor = async (name: string): Promise<MigrationPlan> =>
    buildPlan([await operator(world, name).collect()], OPTIONS, await planParts(OPTIONS));

  remark('1. Take stock: what does each kubelet talk to, and what does Docker run that Kubernetes does not own?');
  command('migrate inventory');
  const inventories = await Promise.all(NODES.map((name) => operator(world, name).collect()));
  terminal.result(inventoryText(inventories, text).split('\n\n')[0] ?? '');
  aside(`[The details of each node are left out here. UNKNOWN: on ${blindSpots(inventories)}.]`);
  await pause(2);

  remark('2. Plan: a dry run with every step, and every file to be written as a diff.');
  command('migrate plan worker-1');
  const plan = await planFor('worker-1');
  terminal.result(planText(plan, text));
  expect('the verdict on worker-1', plan.nodes[0]?.verdict, 'migrate');
  await pause(3);

  remark('3. A node that is not ready: somebody runs a Compose project on worker-2, and it would end with Docker.');
  command('migrate plan worker-2');
  const blocked = await planFor('worker-2');
  terminal.result(planText(withoutSteps(blocked), text));
  aside('[The steps and diffs are left out here.]');
  expect('the verdict on worker-2', blocked.nodes[0]?.verdict, 'blocked');
  await pause(3);

  remark('4. Migrate worker-1. A disruption budget keeps 3 of the 4 web pods ready: the drain has to wait for it.');
  command('migrate node worker-1 --yes');
  const moved = await runMigration(world, plan, pace);
  if (expect('the end of worker-1', moved.outcome, 'migrated')) {
    aside(`\n[Exit code 0. Never fewer than ${webReady()} of the 4 web pods were ready.]`);
  }
  expect('web pods that were ready at the worst', webReady(), 3);
  await pause(2);

  remark(
    '5. worker-3 has a fault that no plan can see: a security policy keeps its kubelet from containerd. Nobody helps it.',
  );
  command('migrate node worker-3 --yes');
  const before = nodeState(world, 'worker-3');
  const back = await runMigration(world, await planFor('worker-3'), pace);
  await world.settle();
  expect('the end of worker-3', back.outcome, 'rolled-back');
  if (expect('differences on worker-3 after its way back', differences(nodeState(world, 'worker-3'), before), [])) {
    const things = `${count(before.files)} files, ${count(before.units)} units, ${count(before.docker.images)} images`;
    aside(`\n[Exit code 5. The whole node was compared with what it was before: ${things}, all the same.]`);
  }
  await pause(2);

  remark('6. Where it all stands, from the journals on the nodes.');
  command('migrate status');
  const statuses = await Promise.all(NODES.map((name) => statusOf(world, name)));
  terminal.result(statusText(statuses, text));
  expect(
    'the nodes in the end',
    statuses.map(({ runtime, ready, schedulable }) => [runtime?.split(':')[0], ready, schedulable]),
    [
      ['containerd', true, true],
      ['docker', true, true],
      ['docker', true, true],
    ],
  );
  say('\nThat was the simulation. On a cluster of your own begin with "migrate inventory": it only looks.');
  return wrong;
}

const blindSpots = (inventories: readonly NodeInventory[]): string =>
  inventories.flatMap((one) => unknownFacts(one).map(({ why }) => `${one.name}, ${why}`)).join(', ');

/** The verdict and why. */
const withoutSteps = (plan: MigrationPlan): MigrationPlan => ({
  ...plan,
  nodes: plan.nodes.map((node) => ({ ...node, phases: [], files: [] })),
});

const count = (of: object): number => Object.keys(of).length;
