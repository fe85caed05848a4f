import { z } from 'zod';
import { MigrateError, messageOf } from '../core/errors.js';
import type { ReadHost } from '../core/ports.js';
import type { ReadContext, StepKind } from '../core/step.js';
import { kubeletSpeaksTo } from './kubelet-speaks-to.js';
import { runtimePrefix } from './runtime-prefix.js';
import { unitState } from './unit-state.js';
import { until } from './until.js';

const UNIT = 'kubelet.service';
const DEADLINE_MS = 300_000;
/** A kubelet that systemd had to restart this often is not going to come up by itself. */
const RESTARTS_TOO_MANY = 3;
const STEADY_MS = 20_000;

const params = z.object({ endpoint: z.string(), runtime: z.string() });
/** When the kubelet of before had last said that it is Ready. */
const captured = z.object({ heartbeat: z.string().optional() });

type Params = z.infer<typeof params>;
type Captured = z.infer<typeof captured>;

/**
 * Why the node is not Ready on the runtime, as the API server has it; undefined when it is. On the way from one
 * `docker://` to another only a new heartbeat tells that it is not the old kubelet's word.
 */
async function notReady(read: ReadContext, runtime: string, { heartbeat }: Captured = {}): Promise<string | undefined> {
  try {
    const node = await read.kube?.node(read.node);
    if (node === undefined) return 'the API server does not have the node';
    if (!node.runtimeVersion.startsWith(runtime))
      return `the node still reports ${node.runtimeVersion || 'no runtime'}`;
    const ready = node.conditions.find(({ type }) => type === 'Ready');
    if (ready?.status !== 'True') return `the node is not Ready: ${ready?.message ?? 'no condition yet'}`;
    if (runtime === 'docker://' && ready.lastHeartbeatTime === heartbeat)
      return 'the kubelet has not reported since it was started';
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

export const proveNodeReady: StepKind<Params, Captured> = {
  kind: 'prove-node-ready',
  title: 'Wait until the node is Ready on the new runtime',
  why: 'Only the new kubelet reports the new runtime, so that a Ready with it is no left-over of the old one. A kubelet that keeps dying is found out by its restarts, long before the deadline.',
  window: 'closes',
  params,
  captured,

  instances: ({ conversion, options }) => {
    const runtime = runtimePrefix(options.target);
    return [
      {
        id: 'node',
        title: `wait until the node is Ready on ${runtime}`,
        params: { endpoint: conversion.endpoint, runtime },
      },
    ];
  },

  async check(read, { runtime, endpoint }) {
    if (!(await kubeletSpeaksTo(read.host, endpoint)))
      return { state: 'pending', because: `the kubelet does not run on ${endpoint}` };
    const reason = await notReady(read, runtime);
    return reason === undefined ? { state: 'done' } : { state: 'pending', because: reason };
  },

  async capture({ kube, node }) {
    const found = await kube?.node(node).catch(() => undefined);
    const heartbeat = found?.conditions.find(({ type }) => type === 'Ready')?.lastHeartbeatTime;
    return heartbeat === undefined ? {} : { heartbeat };
  },

  apply: () => Promise.resolve(),

  async verify(read, { runtime, endpoint }, before) {
    if (read.kube === undefined) return steadyKubelet(read, endpoint);
    await until(read, {
      what: `${read.node} to be Ready on ${runtime}`,
      deadlineMs: DEADLINE_MS,
      everyMs: 150,
      look: async () => {
        const reason = await notReady(read, runtime, before);
        if (reason !== undefined) await refuseDyingKubelet(read.host);
        return reason;
      },
    });
  },

  undo: () => [],
};

async function refuseDyingKubelet(host: ReadHost): Promise<void> {
  const { restarts, activeState } = await unitState(host, UNIT);
  if (restarts < RESTARTS_TOO_MANY && activeState !== 'failed') return;
  const { stdout } = await host.query(['journalctl', '--unit', UNIT, '--lines', '40', '--output', 'cat', '--no-pager']);
  throw new MigrateError('failed', `the kubelet does not stay up (${restarts} restarts): ${lastWords(stdout)}`, {
    hint: `See journalctl -u kubelet on ${host.name}.`,
  });
}

/** The line that most likely says why: klog's fatal and error lines, a flag that is not known, else the last. */
function lastWords(log: string): string {
  const lines = log.trim().split('\n');
  const telling = lines.findLast((line) =>
    /unknown flag|failed to (run|load|validate|parse)|^F\d{4}|Failed to run kubelet|validate service connection|"command failed"/i.test(
      line,
    ),
  );
  return (telling ?? lines.findLast((line) => /^E\d{4}/.test(line)) ?? lines.at(-1) ?? 'it logged nothing').slice(
    0,
    400,
  );
}

/** Without an API server to ask: the kubelet runs on the endpoint, and goes on doing so. */
async function steadyKubelet(read: ReadContext, endpoint: string): Promise<void> {
  const since = read.clock.now().getTime();
  let pid = 0;
  let steadySince = since;
  await until(read, {
    what: 'the kubelet to stay up on the new runtime (the API server is not asked)',
    deadlineMs: DEADLINE_MS,
    everyMs: 1000,
    look: async () => {
      await refuseDyingKubelet(read.host);
      const { mainPid } = await unitState(read.host, UNIT);
      const speaks = await kubeletSpeaksTo(read.host, endpoint);
      if (mainPid !== pid || !speaks) {
        pid = mainPid;
        steadySince = read.clock.now().getTime();
      }
      const steadyMs = read.clock.now().getTime() - steadySince;
      return steadyMs >= STEADY_MS ? undefined : `up for ${Math.round(steadyMs / 1000)} of ${STEADY_MS / 1000} s`;
    },
  });
}
