import { z } from 'zod';
import type { ReadContext, StepKind } from '../core/step.js';
import { drainNode } from '../drain/drain-node.js';
import { goneDaemonSets } from '../drain/gone-daemon-sets.js';
import { drainDecisions, type DrainDecisions } from '../drain/drain-decisions.js';
import { needKube } from './need-kube.js';

const params = z.object({});
const captured = z.object({});

export const drain: StepKind<z.infer<typeof params>, z.infer<typeof captured>> = {
  kind: 'drain',
  title: 'Drain the node',
  why: 'Pods leave by eviction, as budgets allow, and start elsewhere before the node goes dark. Every refusal is known before the first eviction.',
  params,
  captured,

  instances: () => [{ id: 'node', title: 'drain the node', params: {} }],

  async check(read) {
    const { evict, refusals } = await decide(read);
    const left = evict.length + refusals.length;
    return left === 0 ? { state: 'done' } : { state: 'pending', because: `${left} pods are to leave` };
  },

  capture: () => Promise.resolve({}),

  async apply(act) {
    const { options, clock, signal, report, node } = act;
    const { warnings } = await drainNode({
      kube: needKube(act),
      node,
      decide: (pods, gone) => drainDecisions(pods, { options: options.drain, goneDaemonSets: gone }),
      options: options.drain,
      clock,
      signal,
      report,
    });
    for (const warning of warnings) act.warn(warning);
  },

  // What came in spite of the cordon was told by the drain, and does not make the node less vacated.
  verify: () => Promise.resolve(),

  // What was evicted runs elsewhere by now.
  undo: () => [],
};

async function decide(read: ReadContext): Promise<DrainDecisions> {
  const kube = needKube(read);
  const pods = await kube.podsOn(read.node);
  return drainDecisions(pods, { options: read.options.drain, goneDaemonSets: await goneDaemonSets(kube, pods) });
}
