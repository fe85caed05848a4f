import { z } from 'zod';
import { compareParity } from '../config/parity/compare-parity.js';
import { valueOf } from '../core/fact.js';
import { digestOf } from '../core/digest.js';
import { announcedDifferenceSchema } from '../core/plan.js';
import { MigrateError, messageOf } from '../core/errors.js';
import {
  PARITY_PATH,
  parseParityRecord,
  type ParityDifference,
  type ParityFacts,
  type ParityRecord,
  type ParityReport,
} from '../core/parity.js';
import { criRuntimeSchema, type UndoAction } from '../core/undo.js';
import type { ActContext, StepInput, StepKind } from '../core/step.js';
import { parityRequest, PROBE_LOG, PROBE_NAMESPACE } from './parity-request.js';
import { probeRuntime } from './probe-runtime.js';

const params = z.object({
  when: z.enum(['before', 'stage', 'switched']),
  /** Endpoint of the runtime that the kubelet has now; null where it has none that can be asked. */
  before: z.string().nullable(),
  after: z.string(),
  runtime: criRuntimeSchema,
  image: z.string(),
  cgroupParent: z.string(),
  dns: z.object({ servers: z.array(z.string()), searches: z.array(z.string()), options: z.array(z.string()) }),
  announced: z.array(announcedDifferenceSchema),
});
type Params = z.infer<typeof params>;

const captured = z.object({});

const TITLES = {
  before: 'look at what a container finds under Docker',
  stage: 'compare it with what a container finds under the new runtime',
  switched: 'compare it again on the switched node',
} as const;

export const proveParity: StepKind<Params, z.infer<typeof captured>> = {
  kind: 'prove-parity',
  title: 'Compare what containers find under both runtimes',
  why: 'A pod should find the same world after the switch: limits, capabilities, seccomp, cgroup, DNS, mounts, the place and format of its log. The same sandbox and container, asked for as a kubelet does, are run through dockershim and through the new runtime, and looked at from the host. What differs and was not announced in the plan is an error, while the node still serves.',
  params,
  captured,

  instances: (input, argument) => {
    const when = params.shape.when.parse(argument);
    return [{ id: when, title: TITLES[when], params: paramsOf(input, when) }];
  },

  async check({ host }, step) {
    const pending = { state: 'pending', because: 'a proof holds for the moment it is made' } as const;
    // Once the kubelet has left Docker there is nobody to run the first probe.
    const record = parseParityRecord(await host.readFile(PARITY_PATH));
    return step.when === 'before' && record?.madeFor === madeFor(step) ? { state: 'done' } : pending;
  },

  capture: () => Promise.resolve({}),

  async apply(act, step) {
    const record = step.when === 'before' ? await lookBefore(act, step) : await compare(act, step, step.when);
    await act.host.writeFile(PARITY_PATH, `${JSON.stringify(record)}\n`, { mode: 0o600 });
  },

  async verify({ host }, { when }) {
    const record = parseParityRecord(await host.readFile(PARITY_PATH));
    if (record === undefined) throw new MigrateError('failed', `${PARITY_PATH} on ${host.name} holds no proof`);
    const differ = record.report?.unannounced ?? [];
    if (when !== 'before' && differ.length > 0) throw new MigrateError('failed', differsSentence(differ));
  },

  // What a crash leaves in Docker the kubelet ends and removes itself: it knows no such pod.
  undo: ({ when, after, runtime }): readonly UndoAction[] => [
    ...(when === 'before'
      ? []
      : [{ do: 'remove-cri-pods' as const, runtime, endpoint: after, namespace: PROBE_NAMESPACE }]),
    { do: 'remove-file', path: PROBE_LOG.file },
    { do: 'remove-directory', path: PROBE_LOG.ofContainer },
    { do: 'remove-directory', path: PROBE_LOG.ofPod },
    ...(when === 'before' ? [{ do: 'remove-file' as const, path: PARITY_PATH }] : []),
  ],
};

function paramsOf({ inventory, conversion, options }: StepInput, when: Params['when']): Params {
  const kubelet = valueOf(inventory.kubelet);
  const runsOnDocker = kubelet?.runtime.kind === 'dockershim' || kubelet?.runtime.kind === 'cri-dockerd';
  return {
    when,
    before: runsOnDocker ? kubelet.runtime.endpoint : null,
    after: conversion.endpoint,
    runtime: options.target,
    image: conversion.sandboxImage,
    cgroupParent: conversion.cgroupDriver === 'systemd' ? 'kubepods-besteffort.slice' : '/kubepods/besteffort',
    dns: dnsOf(kubelet?.config ?? {}),
    announced: [...conversion.differences],
  };
}

/** What the kubelet makes of the policy ClusterFirst. The addresses are only written into a file. */
function dnsOf(config: Readonly<Record<string, unknown>>): Params['dns'] {
  const servers = z.array(z.string()).min(1).catch(['10.96.0.10']).parse(config['clusterDNS']);
  const domain = z.string().min(1).catch('cluster.local').parse(config['clusterDomain']);
  return {
    servers,
    searches: [`${PROBE_NAMESPACE}.svc.${domain}`, `svc.${domain}`, domain],
    options: ['ndots:5'],
  };
}

/** The old facts hold for one plan: of the same node, with the same settings. */
const madeFor = (step: Params): string => digestOf({ ...step, when: null });

/**
 * That Docker cannot be asked says nothing of the new runtime, which is proved by a sandbox of its own: it is told, and the
 * migration goes on.
 */
async function lookBefore(act: ActContext, step: Params): Promise<ParityRecord> {
  const record = { madeFor: madeFor(step), report: null };
  try {
    if (step.before === null) throw new MigrateError('failed', 'the kubelet does not run its pods by Docker');
    return { ...record, before: await probe(act, step, step.before), why: null };
  } catch (error) {
    if (!(error instanceof MigrateError) || error.code === 'interrupted' || error.code === 'bug') throw error;
    act.warn(`what containers find under Docker could not be looked at, and is not compared: ${messageOf(error)}`);
    return { ...record, before: null, why: messageOf(error) };
  }
}

async function compare(act: ActContext, step: Params, when: ParityReport['when']): Promise<ParityRecord> {
  const found = parseParityRecord(await act.host.readFile(PARITY_PATH));
  const nothing = { madeFor: madeFor(step), before: null, why: 'no container was looked at under Docker' };
  const record = found?.madeFor === nothing.madeFor ? found : nothing;
  const { before, why } = record;
  const report: ParityReport =
    before === null
      ? { when, unproved: why ?? nothing.why, compared: 0, announced: [], unannounced: [] }
      : { when, unproved: null, ...compareParity(before, await probe(act, step, step.after), step.announced) };
  act.parity(report);
  if (before !== null)
    act.report(`${report.compared} aspects of a container compared, ${report.announced.length} differ as announced`);
  return { madeFor: nothing.madeFor, before, why, report };
}

const probe = (act: ActContext, step: Params, endpoint: string): Promise<ParityFacts> =>
  probeRuntime(act, { endpoint, image: step.image, request: parityRequest(step) });

function differsSentence(unannounced: readonly ParityDifference[]): string {
  const named = unannounced.slice(0, 5).map(({ aspect, before, after }) => `${aspect} is ${after}, was ${before}`);
  const more = unannounced.length > 5 ? `, and ${unannounced.length - 5} more` : '';
  return `a container under the new runtime differs from one under Docker in what the plan did not announce: ${named.join('; ')}${more}`;
}
