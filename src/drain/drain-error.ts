import { MigrateError } from '../core/errors.js';
import type { PodEnd } from './drain-run.js';
import { podKey } from './pod-key.js';

const NAMED = 10;

/** What to throw when pods are still there after a drain; undefined when all are gone. */
export function drainError(
  node: string,
  ends: readonly PodEnd[],
  interrupted: boolean,
  seconds: number,
): MigrateError | undefined {
  const left = ends.flatMap((one) => (one.end === 'gone' ? [] : [one]));
  if (left.length === 0) return undefined;
  const failed = left.filter(({ end }) => end === 'failed');
  const pending = left.filter(({ end }) => end === 'pending');
  if (interrupted) {
    return new MigrateError('interrupted', `the drain of node ${node} was interrupted; ${stillThere(pending)}`);
  }
  if (failed.length > 0) {
    const told = sentences(failed.map((one) => `${podKey(one.pod)} cannot be evicted: ${one.because}`));
    return new MigrateError(
      'failed',
      `node ${node} was not drained: ${told}${pending.length > 0 ? `; ${stillThere(pending)}` : ''}`,
    );
  }
  return new MigrateError('timeout', `node ${node} was not drained within ${seconds} s; ${stillThere(pending)}`, {
    hint: 'see to what the pods wait for, or allow more time',
  });
}

function stillThere(pending: readonly Extract<PodEnd, { because: string }>[]): string {
  const count = pending.length === 1 ? '1 pod is' : `${pending.length} pods are`;
  return `${count} still there: ${sentences(pending.map((one) => `${podKey(one.pod)} ${one.because}`))}`;
}

const sentences = (all: readonly string[]): string =>
  all.slice(0, NAMED).join('; ') + (all.length > NAMED ? `; and ${all.length - NAMED} more` : '');
