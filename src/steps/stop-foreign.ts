import { z } from 'zod';
import { MigrateError } from '../core/errors.js';
import type { StepKind } from '../core/step.js';
import { mustRun } from './must-run.js';

const params = z.object({ containers: z.array(z.object({ id: z.string(), name: z.string() })) });
const captured = z.object({ running: z.array(z.string()) });

export const stopForeign: StepKind<z.infer<typeof params>, z.infer<typeof captured>> = {
  kind: 'stop-foreign',
  title: 'Stop containers that Kubernetes does not own',
  why: 'Only with --stop-foreign: they are stopped, kept, and started again by a rollback.',
  params,
  captured,

  instances: ({ inventory, options }) => {
    if (options.foreign !== 'stop' || !inventory.docker.known) return [];
    const containers = inventory.docker.value.containers
      .filter(({ owner, state }) => owner.kind !== 'dockershim' && state === 'running')
      .map(({ id, name }) => ({ id, name }));
    if (containers.length === 0) return [];
    return [
      { id: 'containers', title: `stop ${containers.map(({ name }) => name).join(', ')}`, params: { containers } },
    ];
  },

  async check({ host }, { containers }) {
    const running = await runningOf(
      host,
      containers.map(({ id }) => id),
    );
    return running.length === 0 ? { state: 'done' } : { state: 'pending', because: `${running.length} of them run` };
  },

  capture: async ({ host }, { containers }) => ({
    running: await runningOf(
      host,
      containers.map(({ id }) => id),
    ),
  }),

  async apply({ host, report }, { containers }, { running }) {
    report(`stopping ${containers.map(({ name }) => name).join(', ')}`);
    if (running.length > 0) await mustRun(host, ['docker', 'stop', ...running], { timeoutMs: 300_000 });
  },

  async verify(read, parameters) {
    const now = await this.check(read, parameters);
    if (now.state === 'pending') throw new MigrateError('failed', `after they were stopped, ${now.because}`);
  },

  undo: (_params, { running }) =>
    running.length === 0
      ? []
      : [{ do: 'run', argv: ['docker', 'start', ...running], timeoutMs: 120_000, mayFail: false }],
};

/** Asking a masked Docker says that nothing runs, which is so. */
async function runningOf(
  host: Parameters<StepKind<unknown, unknown>['check']>[0]['host'],
  ids: readonly string[],
): Promise<string[]> {
  if ((await host.query(['systemctl', 'is-active', 'docker.service'])).code !== 0) return [];
  const { stdout } = await host.query(['docker', 'ps', '--no-trunc', '--quiet']);
  const running = new Set(stdout.split('\n'));
  return ids.filter((id) => running.has(id));
}
