import { MigrateError, messageOf } from '../core/errors.js';
import { mayHaveActed, type JournalState } from '../core/journal.js';
import type { NodePlan, StepSpec } from '../core/plan.js';
import type { ActContext } from '../core/step.js';
import { needsCluster, type UndoAction } from '../core/undo.js';
import { contexts } from './contexts.js';
import type { EngineEnv } from './engine-env.js';
import type { Guard } from './guard.js';
import { kindOf, tellLight, type RunningPlan } from './run-step.js';
import { undo } from './undo.js';

/**
 * Gives back all that the plan's steps took, the last first. What does not go back is told, and the rest goes on: a node
 * half way is worse than one with a left-over. Returns the sentences of what is left to hands.
 */
export async function rollBack(
  running: RunningPlan,
  nodePlan: NodePlan,
  guard: Guard,
  because: string,
): Promise<string[]> {
  const { env, journal, run } = running;
  await journal.append({ event: 'rollback-started', because });
  run.tell({ type: 'rollback-started', because });

  const left: string[] = [];
  const guarded = new Set(nodePlan.phases.filter((phase) => phase.guarded).map(({ name }) => name));
  let podsLeft = false;
  const { signal } = new AbortController();
  const due = dueSteps(running, nodePlan);
  await removeLeftPods(running, nodePlan, due);
  for (const spec of due) {
    const kind = kindOf(env, spec);
    const actions = undoOf(env, spec, journal.state());
    if (actions.length === 0) {
      journal.appendLater({ event: 'undone', step: spec.id });
      continue;
    }
    // Pods that could not be removed can be reached only as long as the new runtime is configured for it.
    if (podsLeft && !guarded.has(spec.phase) && restartsRuntime(actions)) {
      left.push(`${spec.title}: left to be taken back, since pods of the new runtime are left`);
      continue;
    }
    const began = env.clock.now().getTime();
    const act = actingFor(running, spec.id, signal);
    run.tell({ type: 'step-started', phase: spec.phase, id: spec.id, title: spec.title });
    const failures: string[] = [];
    for (const action of actions) {
      await undo(act, nodePlan.planId, action).catch((error: unknown) => failures.push(messageOf(error)));
    }
    // A rollback from the dark window ends it where the kubelet runs again.
    if (kind.window === 'opens') tellLight(run);
    if (failures.length > 0 && actions.some(({ do: what }) => what === 'remove-cri-pods')) podsLeft = true;
    if (failures.length === 0) await journal.append({ event: 'undone', step: spec.id });
    else left.push(...failures.map((failure) => `${spec.title}: ${failure}`));
    run.tell({
      type: 'step-finished',
      phase: spec.phase,
      id: spec.id,
      title: spec.title,
      status: failures.length === 0 ? 'undone' : 'failed',
      ms: env.clock.now().getTime() - began,
      ...(failures.length === 0 ? {} : { message: failures.join('; ') }),
    });
  }
  await guard.disarm();
  await journal.append({ event: 'guard', state: 'disarmed' });
  return left;
}

/**
 * A node that went back alone may have had no client of the runtime: it ended what ran, and the runtime still counts the
 * pods, with their networks and images. They go by the CRI as long as that is up.
 */
async function removeLeftPods(running: RunningPlan, nodePlan: NodePlan, due: readonly StepSpec[]): Promise<void> {
  const { env, journal } = running;
  const staged = new Set(nodePlan.phases.filter(({ guarded }) => !guarded).map(({ name }) => name));
  const undoes = (spec: StepSpec): readonly UndoAction[] => undoOf(env, spec, journal.state());
  if (!due.some((spec) => staged.has(spec.phase) && restartsRuntime(undoes(spec)))) return;
  const { signal } = new AbortController();
  for (const spec of actedSteps(running, nodePlan)) {
    if (due.includes(spec)) continue;
    for (const action of undoes(spec)) {
      if (action.do === 'remove-cri-pods') await undo(actingFor(running, spec.id, signal), nodePlan.planId, action);
    }
  }
}

/**
 * Steps whose undo is due, in the order of undoing. An undo rests on those before it: where one that did not work is made
 * up for, those that followed it are done again, on the node and in the cluster each for itself.
 */
function dueSteps(running: RunningPlan, nodePlan: NodePlan): StepSpec[] {
  const state = running.journal.state();
  const open = new Set<boolean>();
  return actedSteps(running, nodePlan).filter((spec) => {
    const ofCluster = undoOf(running.env, spec, state).every(needsCluster);
    const isOpen = mayHaveActed(state.steps.get(spec.id));
    if (isOpen) open.add(ofCluster);
    return isOpen || open.has(ofCluster);
  });
}

/** In the order of undoing, those that were undone already among them. A step that failed before its capture took nothing. */
function actedSteps({ env, journal }: RunningPlan, { phases }: NodePlan): StepSpec[] {
  const state = journal.state();
  const acted = phases
    .flatMap(({ steps }) => steps)
    .filter(({ id }) => {
      const record = state.steps.get(id);
      return record?.captured !== undefined && (mayHaveActed(record) || record.state === 'undone');
    })
    .toReversed();
  const opener = acted.findIndex((spec) => kindOf(env, spec).window === 'opens');
  if (opener === -1) return acted;
  // A containerd that is restarted while the kubelet has Docker start containers leaves some of them half made.
  const before = acted.slice(opener + 1);
  const undoes = (spec: StepSpec) => undoOf(env, spec, state);
  const isStopped = before.some((spec) =>
    undoes(spec).some((action) => action.do === 'systemctl' && action.verb === 'stop'),
  );
  const restarting = before.filter(
    // What has to be asked of a runtime that is to be stopped comes before that.
    (spec) =>
      restartsRuntime(undoes(spec)) || (isStopped && undoes(spec).some((action) => action.do === 'remove-images')),
  );
  return [
    ...acted.slice(0, opener),
    ...restarting,
    ...acted.slice(opener, opener + 1),
    ...before.filter((spec) => !restarting.includes(spec)),
  ];
}

const restartsRuntime = (actions: readonly UndoAction[]): boolean =>
  actions.some(({ do: what }) => what === 'systemctl' || what === 'remove-cri-pods');

function undoOf(env: EngineEnv, spec: StepSpec, state: JournalState): readonly UndoAction[] {
  const kind = kindOf(env, spec);
  return kind.undo(kind.params.parse(spec.params), kind.captured.parse(state.steps.get(spec.id)?.captured));
}

function actingFor({ env, options, contents, journal, run }: RunningPlan, id: string, signal: AbortSignal): ActContext {
  return contexts({
    ...{ env, options, contents, journal, signal },
    report: (text) => run.tell({ type: 'step-progress', id, text }),
    warn: (text) => run.tell({ type: 'warning', text }),
    parity: (report) => run.tell({ type: 'parity', report }),
  }).act;
}

/** Before a node that serves on the new runtime goes back, its pods leave it as they did on the way here. */
export async function vacateAgain(running: RunningPlan, nodePlan: NodePlan): Promise<void> {
  const { env, run } = running;
  if (env.kube === undefined) {
    run.tell({
      type: 'warning',
      text: `the API server is away: the pods of ${env.node} are stopped where they are, without a drain`,
    });
    return;
  }
  const spec = nodePlan.phases.flatMap(({ steps }) => steps).find(({ kind }) => kind === 'drain');
  if (spec === undefined) throw new MigrateError('bug', 'the plan has no drain to go back with');
  const kind = kindOf(env, spec);
  run.tell({
    type: 'phase-started',
    phase: spec.phase,
    title: 'Vacate the node again',
    steps: [{ id: spec.id, title: spec.title }],
  });
  await env.kube.setUnschedulable(env.node, true);
  const act = actingFor(running, spec.id, env.signals.stop);
  run.tell({ type: 'step-started', phase: spec.phase, id: spec.id, title: spec.title });
  const began = env.clock.now().getTime();
  await kind.apply(act, kind.params.parse(spec.params), {});
  run.tell({
    type: 'step-finished',
    phase: spec.phase,
    id: spec.id,
    title: spec.title,
    status: 'done',
    ms: env.clock.now().getTime() - began,
  });
}
