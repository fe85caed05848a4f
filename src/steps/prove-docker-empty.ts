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
    const { stdout } = await host.query(['ps', '-e', '-o', 'pid=,ppid=,args=']);
    const running = containersWithoutDocker(stdout);
    if (running.length === 0) return;
    throw new MigrateError(
      'failed',
      `${running.length} containers of Docker still run on ${host.name}, without Docker: ${running.map((id) => id.slice(0, 12)).join(', ')}`,
      { hint: `See "ps -ef --forest" on ${host.name} below containerd-shim.` },
    );
  },

  undo: () => [],
};

/**
 * Ids of containers whose shim has a process of theirs. A shim with nothing but `runc init` below it is what a start
 * leaves that was cut off: no container ever ran in it.
 */
function containersWithoutDocker(processes: string): string[] {
  const all = processes.split('\n').flatMap((line) => {
    const [, pid, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined || parent === undefined || args === undefined ? [] : [{ pid, parent, args }];
  });
  return all.flatMap(({ pid, args }) => {
    const id = /containerd-shim\S*\s.*-namespace moby\b.*-id ([0-9a-f]+)/.exec(args)?.[1];
    const runs = all.some((process) => process.parent === pid && !/(^|\/)runc init$/.test(process.args));
    return id !== undefined && runs ? [id] : [];
  });
}
