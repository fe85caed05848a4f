import { z } from 'zod';
import { MigrateError } from '../core/errors.js';
import type { StepKind } from '../core/step.js';

const params = z.object({ dockerStays: z.boolean() });
const captured = z.object({});

export const proveDockerEmpty: StepKind<z.infer<typeof params>, z.infer<typeof captured>> = {
  kind: 'prove-docker-empty',
  title: 'See that Docker runs nothing of Kubernetes',
  why: 'A shim that outlived dockerd keeps its container running, unseen by the new kubelet (kubernetes/kubernetes#61327).',
  params,
  captured,

  instances: ({ options }) => [
    {
      id: 'docker',
      title: 'see that Docker runs nothing of Kubernetes',
      params: { dockerStays: options.foreign === 'keep-docker' },
    },
  ],

  check: () => Promise.resolve({ state: 'pending', because: 'a proof holds for the moment it is made' }),
  capture: () => Promise.resolve({}),
  apply: () => Promise.resolve(),

  async verify({ host, docker }, { dockerStays }) {
    if (dockerStays) {
      const client = await docker();
      try {
        const left = (await client.containers()).filter(({ owner }) => owner.kind === 'dockershim');
        if (left.length > 0)
          throw new MigrateError('failed', `Docker still has ${left.map(({ name }) => name).join(', ')}`);
      } finally {
        await client.close();
      }
      return;
    }
    const { stdout } = await host.query(['ps', '-e', '-o', 'args=']);
    const shims = stdout.split('\n').filter((line) => /containerd-shim\S*\s.*-namespace moby\b/.test(line));
    if (shims.length > 0)
      throw new MigrateError(
        'failed',
        `${shims.length} containers of Docker still run on ${host.name}, without Docker: ${shims[0] ?? ''}`,
      );
  },

  undo: () => [],
};
