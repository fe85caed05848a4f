import { MigrateError, messageOf } from '../core/errors.js';
import { mayHaveActed } from '../core/journal.js';
import type { MigrateOptions, StepSpec } from '../core/plan.js';
import type { AnyStepKind, ReadContext } from '../core/step.js';
import { contexts } from './contexts.js';
import type { EngineEnv } from './engine-env.js';
import type { Guard } from './guard.js';
import type { JournalFile } from './journal-file.js';
import type { NodeRun } from './node-run.js';

export interface RunningPlan {
  readonly env: EngineEnv;
  readonly options: MigrateOptions;
  readonly contents: Readonly<Record<string, string>>;
  readonly journal: JournalFile;
  readonly run: NodeRun;
  readonly guard: Guard;
}

/** Errors: `bug` for a kind of a newer or an older version of the toolkit. */
export function kindOf(env: EngineEnv, spec: StepSpec): AnyStepKind {
  const kind = env.kinds.get(spec.kind);
  if (kind === undefined)
    throw new MigrateError('input', `the plan has a step "${spec.kind}" that this version does not know`);
  return kind;
}

/** Captures what undoing the step needs, once in the life of a plan, and has it on the node's disk before it returns. */
export async function captureStep(
  { env, options, contents, journal, run }: RunningPlan,
  spec: StepSpec,
  signal: AbortSignal,
): Promise<unknown> {
  const before = journal.state().steps.get(spec.id);
  if (before !== undefined && before.captured !== undefined) return before.captured;
  const kind = kindOf(env, spec);
  const { read } = contexts({ env, options, contents, journal, signal, ...tellers(run, spec.id) });
  const captured: unknown = await kind.capture(read, kind.params.parse(spec.params));
  await journal.append({ event: 'captured', step: spec.id, captured });
  return captured;
}

/**
 * Brings about one step's end state, or finds it there. A step of a plan that is resumed is looked at again whatever the
 * journal says of it: a reboot undoes what was only running.
 */
export async function runStep(plan: RunningPlan, spec: StepSpec, signal: AbortSignal): Promise<void> {
  const { env, options, contents, journal, run } = plan;
  const kind = kindOf(env, spec);
  const params: unknown = kind.params.parse(spec.params);
  const { read, act } = contexts({ env, options, contents, journal, signal, ...tellers(run, spec.id) });
  const began = env.clock.now().getTime();
  const ms = (): number => env.clock.now().getTime() - began;
  const finished = { type: 'step-finished', phase: spec.phase, id: spec.id, title: spec.title } as const;

  run.tell({ type: 'step-started', phase: spec.phase, id: spec.id, title: spec.title });
  try {
    if ((await kind.check(read, params)).state === 'done') {
      const before = journal.state().steps.get(spec.id);
      // Whoever died amid the step may have brought the end state about: it is to be taken back by a rollback.
      if (!mayHaveActed(before)) journal.appendLater({ event: 'unneeded', step: spec.id });
      else if (before?.state !== 'verified') journal.appendLater({ event: 'verified', step: spec.id, ms: ms() });
      if (kind.window === 'closes') tellLight(run);
      run.tell({ ...finished, status: 'unneeded', ms: ms() });
      return;
    }
    const captured = await captureStep(plan, spec, signal);
    await journal.append({ event: 'applying', step: spec.id });
    if (kind.window === 'opens') run.tell({ type: 'dark' });
    await kind.apply(act, params, captured);
    await kind.verify(read, params, captured);
    if (kind.window === 'closes') tellLight(run);
    journal.appendLater({ event: 'verified', step: spec.id, ms: ms() });
    run.tell({ ...finished, status: 'done', ms: ms() });
  } catch (error) {
    run.tell({ ...finished, status: 'failed', ms: ms(), message: messageOf(error) });
    throw error;
  }
}

/** How long it was dark; nothing where it never was. */
export function tellLight(run: NodeRun): void {
  const darkMs = run.darkMs();
  if (darkMs !== undefined) run.tell({ type: 'light', darkMs });
}

function tellers(run: NodeRun, id: string): Pick<ReadContext, 'report' | 'warn' | 'parity'> {
  return {
    report: (text) => run.tell({ type: 'step-progress', id, text }),
    warn: (text) => run.tell({ type: 'warning', text }),
    parity: (report) => run.tell({ type: 'parity', report }),
  };
}
