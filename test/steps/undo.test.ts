import { describe, expect, test, vi } from 'vitest';
import type { MigrationPlan, StepSpec } from '../../src/core/plan.js';
import type { ActContext, AnyStepKind, ReadContext } from '../../src/core/step.js';
import { planPaths } from '../../src/core/node-paths.js';
import { contexts } from '../../src/engine/contexts.js';
import { openJournal } from '../../src/engine/journal-file.js';
import { undo } from '../../src/engine/undo.js';
import { stepKinds } from '../../src/steps/index.js';
import { nodeState } from '../fakes/node-state.js';
import { standardWorld, type Variant } from '../fakes/standard-world.js';
import { NODE, onlyNode, optionsFor, session } from '../engine/session.js';

const stepsOf = (plan: MigrationPlan): StepSpec[] => onlyNode(plan).phases.flatMap(({ steps }) => steps);
const isGuarded = (plan: MigrationPlan, { phase }: StepSpec): boolean =>
  onlyNode(plan).phases.some(({ name, guarded }) => guarded && name === phase);

/** A node of its own, and its steps one at a time, without the engine around them. */
async function workbench(variant: Variant, plan: MigrationPlan) {
  const world = await standardWorld(variant);
  const { env } = session(world).operator;
  vi.unstubAllGlobals();
  const { planId } = onlyNode(plan);
  await env.host.makeDirectory(planPaths(planId).backupDir, 0o700);
  const journal = await openJournal(env.host, planId, env.clock);
  const { signal } = new AbortController();
  const silent = { report: () => undefined, warn: () => undefined, parity: () => undefined };
  const context: { read: ReadContext; act: ActContext } = contexts({
    ...{ env, options: plan.options, contents: plan.contents, journal, signal },
    ...silent,
  });
  const kindOf = (spec: StepSpec): AnyStepKind => {
    const kind = env.kinds.get(spec.kind);
    if (kind === undefined) throw new Error(`no kind ${spec.kind}`);
    return kind;
  };
  const check = async (spec: StepSpec) => (await kindOf(spec).check(context.read, spec.params)).state;
  /** What survives in the journal. */
  const capture = async (spec: StepSpec): Promise<unknown> =>
    JSON.parse(JSON.stringify(await kindOf(spec).capture(context.read, spec.params)));
  return {
    check,
    capture,
    state: () => nodeState(world, NODE),
    settle: () => world.settle(),
    async apply(spec: StepSpec, captured: unknown) {
      await kindOf(spec).apply(context.act, spec.params, captured);
      await kindOf(spec).verify(context.read, spec.params, captured);
    },
    async undo(spec: StepSpec, captured: unknown): Promise<number> {
      const kind = kindOf(spec);
      const actions = kind.undo(kind.params.parse(spec.params), kind.captured.parse(captured));
      for (const action of actions) await undo(context.act, planId, action);
      return actions.length;
    },
  };
}

const undone = new Set<string>();

describe.each<Variant>(['shared', 'apart', 'crio'])('every step of a migration (%s)', async (variant) => {
  const plan = await session(await standardWorld(variant)).plan(optionsFor(variant));
  vi.unstubAllGlobals();
  const steps = stepsOf(plan);

  test.each(steps.map((spec) => [spec.id, spec] as const))('%s is pending again after its undo', async (_id, spec) => {
    const bench = await workbench(variant, plan);
    for (const before of steps.slice(0, steps.indexOf(spec))) {
      if ((await bench.check(before)) === 'pending') await bench.apply(before, await bench.capture(before));
    }
    // A node may be where the step leads already.
    if ((await bench.check(spec)) === 'done') return;
    const captured = await bench.capture(spec);
    await bench.apply(spec, captured);
    const actions = await bench.undo(spec, captured);
    if (actions === 0) return;
    undone.add(spec.kind);
    expect(await bench.check(spec)).toBe('pending');
    const once = bench.state();
    await bench.undo(spec, captured);
    await bench.settle();
    expect(await bench.check(spec)).toBe('pending');
    expect(bench.state().files).toEqual(once.files);
  });

  test.each(steps.filter((spec) => !isGuarded(plan, spec)).map((spec) => [spec.id, spec] as const))(
    '%s, captured and never applied, loses nothing by its undo',
    async (_id, spec) => {
      const bench = await workbench(variant, plan);
      for (const before of steps.slice(0, steps.indexOf(spec))) {
        if ((await bench.check(before)) === 'pending') await bench.apply(before, await bench.capture(before));
      }
      if ((await bench.check(spec)) === 'done') return;
      const captured = await bench.capture(spec);
      const before = bench.state();
      await bench.undo(spec, captured);
      await bench.settle();
      expect(bench.state()).toEqual(before);
    },
  );

  test('the dark window, captured and never entered, is undone as a whole without a loss, also twice', async () => {
    const bench = await workbench(variant, plan);
    const guarded = steps.filter((spec) => isGuarded(plan, spec));
    for (const before of steps.slice(0, steps.indexOf(guarded[0] as StepSpec))) {
      if ((await bench.check(before)) === 'pending') await bench.apply(before, await bench.capture(before));
    }
    const captured = new Map<StepSpec, unknown>();
    for (const spec of guarded) captured.set(spec, await bench.capture(spec));
    const before = bench.state();
    for (const round of ['once', 'twice']) {
      for (const spec of guarded.toReversed()) await bench.undo(spec, captured.get(spec));
      await bench.settle();
      expect({ round, ...bench.state() }).toEqual({ round, ...before });
    }
  });
});

test('together they were all kinds that take something', () => {
  // Nothing to give back: what was evicted runs elsewhere, what was removed is made anew, a proof leaves nothing behind.
  const without = ['drain', 'remove-docker-pods', 'prove-node-ready', 'prove-pods', 'prove-docker-empty'];
  const kinds = stepKinds.map(({ kind }) => kind).filter((kind) => !without.includes(kind));
  expect([...undone].sort()).toEqual(kinds.sort());
});
