import { MigrateError } from '../core/errors.js';
import type { KubeReader } from '../core/ports.js';
import type { DrainRun } from './drain-run.js';
import { isTransient } from './is-transient.js';
import { pause } from './pause.js';
import { progressTeller } from './progress-teller.js';
import { untilAborted } from './until-aborted.js';

export interface Detaching extends Pick<DrainRun, 'clock' | 'deadline' | 'signal'> {
  readonly kube: Pick<KubeReader, 'volumeAttachments'>;
  readonly report: (progress: string) => void;
}

type ClaimRef = { readonly namespace: string; readonly claim: string };

const POLL_MS = 2000;
const TIMEOUT_MS = 5 * 60_000;

/** Waits until the VolumeAttachments named in `before` are no more; those of pods that stay are not looked at. */
export async function waitDetached(
  node: string,
  before: readonly string[],
  staying: readonly ClaimRef[],
  detaching: Detaching,
): Promise<void> {
  const { kube, clock, signal, report } = detaching;
  const { tell } = progressTeller(report, clock);
  const deadline = new Date(Math.min(clock.now().getTime() + TIMEOUT_MS, detaching.deadline?.getTime() ?? Infinity));
  const interrupted = (): MigrateError =>
    new MigrateError('interrupted', `the drain of node ${node} was interrupted: ${sentence()}`);
  let left = before;
  let unseen = '';
  const sentence = (): string =>
    `waits for ${left.length === 1 ? 'a volume' : `${left.length} volumes`} to be detached: ${left.join(', ')}${unseen}`;

  while (left.length > 0) {
    try {
      const now = new Set(
        await untilAborted(async () => await kube.volumeAttachments(node, staying), signal, interrupted),
      );
      left = left.filter((name) => now.has(name));
      unseen = '';
    } catch (error) {
      if (!isTransient(error)) throw error;
      unseen = ` (which cannot be seen now: ${error.message})`;
    }
    if (left.length === 0) return;
    tell(`node ${node}`, sentence());
    if (await pause({ clock, deadline, signal }, POLL_MS)) continue;
    if (signal.aborted) throw interrupted();
    throw new MigrateError('timeout', `node ${node} is drained, but still ${sentence()}`, {
      hint: 'see what the attacher of the storage driver says of them: kubectl describe volumeattachment',
    });
  }
}
