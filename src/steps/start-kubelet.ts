import { z } from 'zod';
import { MigrateError } from '../core/errors.js';
import { criRuntimeSchema } from '../core/undo.js';
import type { StepKind } from '../core/step.js';
import { kubeletSpeaksTo } from './kubelet-speaks-to.js';
import { mustRun } from './must-run.js';
import { unitState } from './unit-state.js';

const UNIT = 'kubelet.service';

const params = z.object({ runtime: criRuntimeSchema, endpoint: z.string() });
const captured = z.object({});

export const startKubelet: StepKind<z.infer<typeof params>, z.infer<typeof captured>> = {
  kind: 'start-kubelet',
  title: 'Start the kubelet on the new runtime',
  why: 'It reads its changed flags and starts the static and DaemonSet pods of the node on the new runtime.',
  params,
  captured,

  instances: ({ conversion: { endpoint }, options }) => [
    { id: UNIT, title: `start the kubelet on ${endpoint}`, params: { runtime: options.target, endpoint } },
  ],

  async check({ host }, { endpoint }) {
    if (await kubeletSpeaksTo(host, endpoint)) return { state: 'done' };
    return { state: 'pending', because: `the kubelet does not run on ${endpoint}` };
  },

  capture: () => Promise.resolve({}),

  async apply({ host }) {
    await host.run(['systemctl', 'reset-failed', UNIT]);
    // Restart, since a reboot in the window may have started it with the flags of before.
    await mustRun(host, ['systemctl', 'restart', UNIT], { timeoutMs: 60_000 });
  },

  async verify({ host }) {
    const { activeState } = await unitState(host, UNIT);
    if (activeState === 'failed' || activeState === 'inactive')
      throw new MigrateError('failed', `${UNIT} is ${activeState} after it was started`);
  },

  undo: ({ runtime, endpoint }) => [
    { do: 'systemctl', verb: 'stop', units: [UNIT] },
    { do: 'remove-cri-pods', runtime, endpoint },
  ],
};
