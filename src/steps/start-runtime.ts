import { z } from 'zod';
import { MigrateError, messageOf } from '../core/errors.js';
import type { CriFacts } from '../core/inventory.js';
import type { ReadHost } from '../core/ports.js';
import type { ReadContext, StepKind } from '../core/step.js';
import { lastWords } from './last-words.js';
import { mustRun } from './must-run.js';
import { refuseBrokenConfig } from './refuse-broken-config.js';
import { runtimeConfig, runtimeConfigSchema, type RuntimeConfig } from './runtime-config.js';
import { backTo, unitState, unitStateSchema } from './unit-state.js';
import { until } from './until.js';
import { withCri } from './with-cri.js';

const params = z.object({
  ...runtimeConfigSchema.shape,
  unit: z.string(),
  endpoint: z.string(),
  cgroupDriver: z.enum(['cgroupfs', 'systemd']),
  sandboxImage: z.string(),
  /** Files of this plan that the runtime or its unit reads when it starts. */
  files: z.array(z.string()).optional(),
  /** Those of them of which the runtime tells, and every key has to take. */
  written: z.array(z.string()).optional(),
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
  const newer = await newerThanSocket(host, parameters);
  if (newer !== undefined) return [`${parameters.unit} was started before ${newer} was written`];
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

/**
 * A file that the running process cannot have read: a runtime makes its socket when it starts, and tells of little that it
 * was started with. One whose socket is systemd's is started once too often, which harms nobody.
 */
async function newerThanSocket(host: ReadHost, { endpoint, files = [] }: Params): Promise<string | undefined> {
  if (files.length === 0) return undefined;
  const socket = endpoint.replace(/^unix:\/\//, '');
  const { stdout } = await host.query(['find', '-L', ...files, '-maxdepth', '0', '-newer', socket]);
  return stdout.split('\n').find((line) => line !== '');
}

export const startRuntime: StepKind<Params, z.infer<typeof captured>> = {
  kind: 'start-runtime',
  title: 'Start the runtime with its new configuration',
  why: 'While the node still serves on Docker, the runtime shows that it starts, answers on its CRI, and took the settings that matter. Containers of Docker outlive a restart of a containerd that they share.',
  params,
  captured,

  instances: (input) => {
    const { runtimeUnit: unit, endpoint, cgroupDriver, sandboxImage } = input.conversion;
    const config = runtimeConfig(input);
    const files = input.conversion.files.filter(({ group }) => group === 'runtime').map(({ path }) => path);
    const written =
      config.runtime === 'crio' ? files.filter((path) => isCrioConfig(path, config)) : [config.configPath];
    return [
      {
        id: unit,
        title: `start ${unit} with the new configuration`,
        params: { ...config, unit, endpoint, cgroupDriver, sandboxImage, files, written },
      },
    ];
  },

  async check(read, parameters) {
    const [problem] = await look(read, parameters);
    return problem === undefined ? { state: 'done' } : { state: 'pending', because: problem };
  },

  async capture({ host }, { unit }) {
    return { unit: await unitState(host, unit) };
  },

  async apply(act, parameters, { unit: before }) {
    const { host } = act;
    const { unit, written, configPath } = parameters;
    // Drop-ins of the unit may have come just now.
    await mustRun(host, ['systemctl', 'daemon-reload']);
    const { loadState } = await unitState(host, unit);
    if (loadState === 'not-found')
      throw new MigrateError('failed', `${host.name} has no ${unit}, though the runtime is there`, {
        hint: 'Install the unit that belongs to the runtime, and plan again.',
      });
    await refuseBrokenConfig(host, parameters, written ?? [configPath]);
    if (before.unitFileState === 'masked') await mustRun(host, ['systemctl', 'unmask', unit]);
    if (before.unitFileState !== 'enabled' && before.unitFileState !== 'static')
      await mustRun(host, ['systemctl', 'enable', unit]);
    const started = await host.run(['systemctl', 'restart', unit], { timeoutMs: START_DEADLINE_MS });
    if (started.code === 0) return;
    throw new MigrateError(
      'failed',
      `${unit} does not start: ${(await lastWords(host, unit)) || started.stderr.trim()}`,
    );
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

const isCrioConfig = (path: string, { configPath, configDir }: RuntimeConfig): boolean =>
  path === configPath || (configDir !== undefined && path.startsWith(`${configDir}/`));
