import { z } from 'zod';
import { containerdMismatches } from '../config/containerd/effective-containerd.js';
import { MigrateError, messageOf } from '../core/errors.js';
import type { CriFacts } from '../core/inventory.js';
import type { ReadContext, StepKind } from '../core/step.js';
import { mustRun } from './must-run.js';
import { backTo, unitState, unitStateSchema } from './unit-state.js';
import { until } from './until.js';
import { withCri } from './with-cri.js';

const params = z.object({
  unit: z.string(),
  endpoint: z.string(),
  configPath: z.string(),
  cgroupDriver: z.enum(['cgroupfs', 'systemd']),
  sandboxImage: z.string(),
});
const captured = z.object({ unit: unitStateSchema });

type Params = z.infer<typeof params>;

const START_DEADLINE_MS = 60_000;

/**
 * What the running process does otherwise than meant, by its own verbose status. containerd 2.x no longer tells the
 * sandbox image there, and CRI-O up to 1.26 tells nothing: what is not said is not held against it.
 */
function mismatches(facts: CriFacts, { cgroupDriver, sandboxImage }: Params): string[] {
  const config = z
    .object({
      sandboxImage: z.string().optional(),
      containerd: z
        .object({
          runtimes: z
            .record(z.string(), z.object({ options: z.object({ SystemdCgroup: z.boolean().optional() }).nullish() }))
            .optional(),
        })
        .optional(),
    })
    .safeParse(JSON.parse(facts.info['config'] ?? '{}'));
  if (!config.success) return [];
  const found: string[] = [];
  const systemd = config.data.containerd?.runtimes?.['runc']?.options?.SystemdCgroup;
  if (systemd !== undefined && systemd !== (cgroupDriver === 'systemd')) {
    found.push(`it runs with the ${systemd ? 'systemd' : 'cgroupfs'} cgroup driver, the kubelet with ${cgroupDriver}`);
  }
  const image = config.data.sandboxImage;
  if (image !== undefined && image !== sandboxImage) found.push(`its sandbox image is ${image}, not ${sandboxImage}`);
  return found;
}

async function look(context: ReadContext, parameters: Params): Promise<string[]> {
  const { host } = context;
  const unit = await unitState(host, parameters.unit);
  if (unit.activeState !== 'active') return [`${parameters.unit} is ${unit.activeState}`];
  if (unit.unitFileState === 'disabled') return [`${parameters.unit} would not start at boot`];
  try {
    return await withCri(context, parameters.endpoint, async (cri) => {
      const facts = await cri.facts();
      const notReady = facts.conditions.filter(({ type, status }) => type === 'RuntimeReady' && !status);
      return [
        ...notReady.map(({ message }) => `the runtime is not ready: ${message}`),
        ...mismatches(facts, parameters),
      ];
    });
  } catch (error) {
    return [messageOf(error)];
  }
}

export const startRuntime: StepKind<Params, z.infer<typeof captured>> = {
  kind: 'start-runtime',
  title: 'Start the runtime with its new configuration',
  why: 'While the node still serves on Docker, the runtime shows that it starts, answers on its CRI, and took the settings that matter. Containers of Docker outlive a restart of a containerd that they share.',
  params,
  captured,

  instances: ({ conversion }) => [
    {
      id: conversion.runtimeUnit,
      title: `start ${conversion.runtimeUnit} with the new configuration`,
      params: {
        unit: conversion.runtimeUnit,
        endpoint: conversion.endpoint,
        configPath: conversion.runtimeConfigPath,
        cgroupDriver: conversion.cgroupDriver,
        sandboxImage: conversion.sandboxImage,
      },
    },
  ],

  async check(read, parameters) {
    const [problem] = await look(read, parameters);
    return problem === undefined ? { state: 'done' } : { state: 'pending', because: problem };
  },

  async capture({ host }, { unit }) {
    return { unit: await unitState(host, unit) };
  },

  async apply(act, parameters, { unit }) {
    const { host } = act;
    await refuseBrokenConfig(act, parameters);
    if (unit.unitFileState === 'masked') await mustRun(host, ['systemctl', 'unmask', parameters.unit]);
    if (unit.unitFileState !== 'enabled' && unit.unitFileState !== 'static')
      await mustRun(host, ['systemctl', 'enable', parameters.unit]);
    await mustRun(host, ['systemctl', 'restart', parameters.unit], { timeoutMs: START_DEADLINE_MS });
  },

  async verify(read, parameters) {
    await until(read, {
      what: `${parameters.unit} to serve the CRI as configured`,
      deadlineMs: START_DEADLINE_MS,
      everyMs: 250,
      look: async () => (await look(read, parameters))[0],
    });
  },

  undo: (_parameters, { unit }) => backTo(unit),
};

/** The runtime's own reading of the file, before the one that serves is restarted with it: it is silent about what it ignores. */
async function refuseBrokenConfig({ host }: ReadContext, { configPath, unit }: Params): Promise<void> {
  if (unit !== 'containerd.service') return;
  const dump = await host.query(['containerd', '-c', configPath, 'config', 'dump']);
  if (dump.code !== 0) {
    const reason = dump.stderr.trim().split('\n').at(-1) ?? '';
    throw new MigrateError('failed', `containerd does not accept ${configPath}: ${reason}`);
  }
  const written = new TextDecoder().decode(await host.readFile(configPath));
  const [mismatch] = containerdMismatches(dump.stdout, written);
  if (mismatch !== undefined)
    throw new MigrateError('failed', `containerd reads ${configPath} otherwise than meant: ${mismatch}`);
}
