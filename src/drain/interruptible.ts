import { limitCalls } from './limit-calls.js';
import { MigrateError } from '../core/errors.js';
import type { DrainRun } from './drain-run.js';
import { untilAborted } from './until-aborted.js';

/** The API with at most `limit` calls at a time, none begun and none waited for after an abort. */
export function interruptible(kube: DrainRun['kube'], signal: AbortSignal, limit: number): DrainRun['kube'] {
  const limited = limitCalls(limit);
  const aborted = (): MigrateError => new MigrateError('interrupted', 'the drain was interrupted');
  const call = async <T>(start: () => Promise<T>): Promise<T> =>
    await limited(async () => await untilAborted(start, signal, aborted));
  return {
    pod: async (namespace, name) => await call(async () => await kube.pod(namespace, name)),
    evict: async (pod, graceSeconds) => await call(async () => await kube.evict(pod, graceSeconds)),
  };
}
