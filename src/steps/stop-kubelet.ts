import { z } from 'zod';
import { MigrateError } from '../core/errors.js';
import type { StepKind } from '../core/step.js';
import { kubeletSpeaksTo } from './kubelet-speaks-to.js';
import { mustRun } from './must-run.js';
import { unitState } from './unit-state.js';

const UNIT = 'kubelet.service';

const params = z.object({ endpoint: z.string(), runtimeBefore: z.string() });
const captured = z.object({});

export const stopKubelet: StepKind<z.infer<typeof params>, z.infer<typeof captured>> = {
  kind: 'stop-kubelet',
  title: 'Stop the kubelet',
  why: 'A running kubelet would start again what is stopped in Docker. From here until the node is Ready on the new runtime, nothing on it is restarted or reported.',
  window: 'opens',
  params,
  captured,

  instances: ({ conversion, inventory }) => [
    {
      id: UNIT,
      title: 'stop the kubelet',
      params: {
        endpoint: conversion.endpoint,
        runtimeBefore: inventory.node.known
          ? `${inventory.node.value.runtimeVersion.split('://')[0] ?? 'docker'}://`
          : 'docker://',
      },
    },
  ],

  // Not "is it stopped": it is, after a crash in the window, and it is not, after a reboot there.
  async check({ host }, { endpoint }) {
    if (await kubeletSpeaksTo(host, endpoint)) return { state: 'done' };
    return { state: 'pending', because: `the kubelet does not run on ${endpoint}` };
  },

  capture: () => Promise.resolve({}),

  async apply({ host }) {
    await mustRun(host, ['systemctl', 'stop', UNIT], { timeoutMs: 120_000 });
  },

  async verify({ host }) {
    const { activeState } = await unitState(host, UNIT);
    if (activeState === 'active' || activeState === 'activating')
      throw new MigrateError('failed', `${UNIT} is ${activeState} after it was stopped`);
  },

  undo: (parameters) => [{ do: 'start-kubelet', unit: UNIT, runtime: parameters.runtimeBefore }],
};
