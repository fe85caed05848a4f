import { MigrateError, messageOf } from '../core/errors.js';
import type { NodeResult } from '../core/events.js';
import { planPaths } from '../core/node-paths.js';
import type { MigrationPlan, NodePlan, PhaseSpec, StepSpec } from '../core/plan.js';
import type { EngineEnv } from './engine-env.js';
import { guard, SILENCE_LIMIT_S, type Guard } from './guard.js';
import { openJournal } from './journal-file.js';
import { acquireLock, releaseLock, takeOverLock } from './lock.js';
import { nodeRun } from './node-run.js';
import { rollBack, vacateAgain } from './roll-back.js';
import { captureStep, kindOf, runStep, type RunningPlan } from './run-step.js';

export interface MigrateInput {
  readonly env: EngineEnv;
  readonly plan: MigrationPlan;
  readonly nodePlan: NodePlan;
  readonly onFailure: 'rollback' | 'stop';
}

/** Carries a plan out on its node, from the beginning. Errors: `blocked` when somebody else holds the node. */
export async function migrateNode(input: MigrateInput): Promise<NodeResult> {
  const running = await prepare(input);
  return carryOut(running, input);
}

/** All that comes before the first step, and that leaves the lock free when it fails. */
async function prepare(input: MigrateInput): Promise<RunningPlan> {
  const { env, plan, nodePlan } = input;
  const paths = planPaths(nodePlan.planId);
  try {
    await acquireLock(env.host, nodePlan.planId, env.operator, env.clock);
    await env.host.makeDirectory(paths.dir, 0o700);
    await env.host.makeDirectory(paths.backupDir, 0o700);
    await env.host.writeFile(paths.plan, `${JSON.stringify({ ...plan, nodes: [nodePlan] })}\n`, { mode: 0o600 });
    const running = await begin(input);
    await running.journal.append({ event: 'started', by: env.operator, version: env.version });
    return running;
  } catch (error) {
    // Held by somebody else, it is theirs; in any other case it may have been taken although the answer was lost.
    if (!(error instanceof MigrateError && error.code === 'blocked'))
      await releaseLock(env.host).catch(() => undefined);
    throw error;
  }
}

/** Goes on where the journal on the node ends. */
export async function resumeNode(input: MigrateInput): Promise<NodeResult> {
  const { env, nodePlan } = input;
  await takeOverLock(env.host, nodePlan.planId, env.operator, env.clock);
  const running = await begin(input);
  await running.guard.keepQuiet();
  await running.guard.refuseIfFired();
  await running.journal.append({ event: 'resumed', by: env.operator, version: env.version });
  return carryOut(running, input);
}

/** Takes the node back to where it was, from wherever the journal ends, also from a migration that is complete. */
export async function rollbackNode(input: MigrateInput, because: string): Promise<NodeResult> {
  const { env, nodePlan } = input;
  await takeOverLock(env.host, nodePlan.planId, env.operator, env.clock);
  const running = await begin(input);
  await running.guard.keepQuiet();
  if (running.journal.state().outcome === 'migrated') await vacateAgain(running, nodePlan);
  return goBack(running, input, because);
}

async function begin({ env, plan, nodePlan }: MigrateInput): Promise<RunningPlan> {
  return {
    env,
    options: plan.options,
    contents: plan.contents,
    journal: await openJournal(env.host, nodePlan.planId, env.clock),
    run: nodeRun(env.node, env.clock, env.events),
    guard: guard(env.host, nodePlan.planId),
  };
}

async function carryOut(running: RunningPlan, input: MigrateInput): Promise<NodeResult> {
  const { env, nodePlan, onFailure } = input;
  const { run, journal, guard: watch } = running;
  let current: StepSpec | undefined;
  try {
    let guarded = false;
    for (const [index, phase] of nodePlan.phases.entries()) {
      run.tell({
        type: 'phase-started',
        phase: phase.name,
        title: phase.title,
        steps: phase.steps.map(({ id, title }) => ({ id, title })),
      });
      if (phase.guarded && !guarded) {
        await armGuard(running, nodePlan.phases.slice(index), watch);
        guarded = true;
      }
      for (current of phase.steps) {
        const signal = phase.guarded ? env.signals.stopNow : env.signals.stop;
        if (signal.aborted) throw new MigrateError('interrupted', `interrupted before "${current.title}"`);
        if (phase.guarded) await watch.refuseIfFired();
        await runStep(running, current, signal);
      }
      current = undefined;
      if (guarded && nodePlan.phases[index + 1]?.guarded !== true) {
        await watch.disarm();
        await journal.append({ event: 'guard', state: 'disarmed' });
        guarded = false;
      }
      run.tell({ type: 'phase-finished', phase: phase.name, ok: true });
    }
  } catch (error) {
    run.fail(current === undefined ? messageOf(error) : `${current.title}: ${messageOf(error)}`);
    if (error instanceof MigrateError && error.code === 'interrupted') return finish(running, nodePlan, 'interrupted');
    if (current !== undefined)
      await journal.append({ event: 'failed', step: current.id, message: messageOf(error) }).catch(() => undefined);
    if (onFailure === 'stop') {
      await watch.disarm().catch(() => undefined);
      return finish(running, nodePlan, 'stopped');
    }
    return goBack(running, input, current === undefined ? messageOf(error) : `${current.title}: ${messageOf(error)}`);
  }
  await close(running, nodePlan);
  return finish(running, nodePlan, 'migrated');
}

/** A node that serves on its new runtime is not taken back because the last line could not be written. */
async function close({ env, run, journal }: RunningPlan, nodePlan: NodePlan): Promise<void> {
  const { darkMs } = run.result('migrated', nodePlan);
  try {
    await journal.append({ event: 'finished', outcome: 'migrated', ...(darkMs === null ? {} : { darkMs }) });
    await releaseLock(env.host);
  } catch (error) {
    const text = `the journal of ${env.node} could not be closed, which "migrate resume ${env.node}" does: ${messageOf(error)}`;
    run.tell({ type: 'warning', text });
  }
}

/** Everything that the way back through the guarded phases needs is captured and on the node before their first step. */
async function armGuard(running: RunningPlan, phases: readonly PhaseSpec[], watch: Guard): Promise<void> {
  const { env, journal } = running;
  const end = phases.findIndex(({ guarded }) => !guarded);
  const following = phases.slice(0, end === -1 ? phases.length : end).flatMap(({ steps }) => steps);
  const undos = [];
  for (const spec of following) {
    const kind = kindOf(env, spec);
    const captured = await captureStep(running, spec, env.signals.stop);
    undos.unshift({ step: spec.id, actions: kind.undo(kind.params.parse(spec.params), kind.captured.parse(captured)) });
  }
  await watch.arm(undos);
  await journal.append({ event: 'guard', state: 'armed' });
}

async function goBack(running: RunningPlan, { env, nodePlan }: MigrateInput, because: string): Promise<NodeResult> {
  const { journal, run } = running;
  try {
    const left = await rollBack(running, nodePlan, running.guard, because);
    const outcome = left.length === 0 ? 'rolled-back' : 'needs-hands';
    left.forEach(run.fail);
    await journal.append({ event: 'finished', outcome });
    if (outcome === 'rolled-back') await releaseLock(env.host);
    return finish(running, nodePlan, outcome);
  } catch (error) {
    const alone = journal.state().guardArmed
      ? `; ${env.node} goes back by itself after ${SILENCE_LIMIT_S} s of silence`
      : '';
    run.fail(`the rollback stopped: ${messageOf(error)}${alone}`);
    return finish(running, nodePlan, 'needs-hands');
  }
}

function finish({ run }: RunningPlan, { from, to }: NodePlan, outcome: NodeResult['outcome']): NodeResult {
  const result = run.result(outcome, outcome === 'migrated' ? { from, to } : { from, to: from });
  run.tell({ type: 'finished', result });
  return result;
}
