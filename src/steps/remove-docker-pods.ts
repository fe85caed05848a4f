import { z } from 'zod';
import { MigrateError } from '../core/errors.js';
import type { DockerContainer } from '../core/inventory.js';
import type { DockerApi } from '../core/ports.js';
import type { ActContext, ReadContext, StepKind } from '../core/step.js';
import { byStopOrder } from './stop-order.js';
import { cannotHearSignals } from './cannot-hear-signals.js';
import { deleteFromNetwork } from './delete-from-network.js';
import { eachAtOnce } from './each-at-once.js';
import { unitState } from './unit-state.js';

const params = z.object({ cniBinDirs: z.array(z.string()), cniCacheDir: z.string() });
const captured = z.object({});

const AT_ONCE = 16;
const DEFAULT_GRACE_SECONDS = 30;

const isPodContainer = ({ owner }: DockerContainer): boolean => owner.kind === 'dockershim';

export const removeDockerPods: StepKind<z.infer<typeof params>, z.infer<typeof captured>> = {
  kind: 'remove-docker-pods',
  title: "Stop and remove the pods' containers in Docker",
  why: 'A kubelet on the new runtime does not see them: left running they hold ports, volumes and etcd data twice. Only containers that dockershim labelled as its own are touched.',
  params,
  captured,

  instances: ({ inventory }) => {
    const cni = inventory.cni.known ? inventory.cni.value : undefined;
    const cache = inventory.kubelet.known ? inventory.kubelet.value.flags['cni-cache-dir'] : undefined;
    return [
      {
        id: 'pods',
        title: "stop and remove the pods' containers in Docker, static pods after the others, etcd last",
        params: { cniBinDirs: (cni?.binDir ?? '/opt/cni/bin').split(','), cniCacheDir: cache ?? '/var/lib/cni/cache' },
      },
    ];
  },

  async check(read) {
    if (!(await dockerRuns(read))) return { state: 'done' };
    const left = await withDocker(read, async (docker) => (await docker.containers()).filter(isPodContainer));
    return left.length === 0
      ? { state: 'done' }
      : { state: 'pending', because: `Docker holds ${left.length} containers of pods` };
  },

  capture: () => Promise.resolve({}),

  async apply(act, parameters) {
    const docker = await act.docker();
    try {
      const all = (await docker.containers()).filter(isPodContainer);
      for (const pods of byStopOrder(all)) await removeAll(act, docker, pods, parameters);
    } finally {
      await docker.close();
    }
  },

  async verify(read, parameters) {
    const now = await this.check(read, parameters);
    if (now.state === 'pending') throw new MigrateError('failed', now.because);
  },

  // A kubelet on dockershim makes its pods anew, and releases the addresses of those it has a checkpoint of.
  undo: () => [],
};

async function removeAll(
  act: ActContext,
  docker: DockerApi,
  containers: readonly DockerContainer[],
  { cniBinDirs, cniCacheDir }: z.infer<typeof params>,
): Promise<void> {
  const sandboxes = containers.filter(({ owner }) => owner.kind === 'dockershim' && owner.role === 'sandbox');
  const workloads = containers.filter((container) => !sandboxes.includes(container));
  await eachAtOnce(
    workloads.filter(({ state }) => state === 'running'),
    AT_ONCE,
    async ({ id, pid, name, labels }) => {
      if (await cannotHearSignals(act.host, pid)) return docker.kill(id);
      const grace = Number(labels['annotation.io.kubernetes.pod.terminationGracePeriod'] ?? DEFAULT_GRACE_SECONDS);
      act.report(`stopping ${name}, up to ${grace} s`);
      return docker.stop(id, grace);
    },
  );
  await eachAtOnce(sandboxes, AT_ONCE, async (sandbox) => {
    await deleteFromNetwork(act, sandbox, { cniBinDirs, cniCacheDir });
    if (sandbox.state === 'running') await docker.kill(sandbox.id);
  });
  await eachAtOnce(workloads, AT_ONCE, ({ id }) => docker.removeContainer(id));
  await Promise.all([
    removeLogLinks(act, workloads),
    eachAtOnce(sandboxes, AT_ONCE, ({ id }) => docker.removeContainer(id)),
  ]);
}

/** Under dockershim a container's log in /var/log/pods links to Docker's, gone by now; a new runtime cannot create its log there. */
async function removeLogLinks({ host }: ActContext, containers: readonly DockerContainer[]): Promise<void> {
  const paths = containers.flatMap(({ labels }) => labels['io.kubernetes.container.logpath'] ?? []);
  const links = paths.filter((path) => /^\/var\/log\/pods\/[^/]+\/[^/]+\/\d+\.log$/.test(path));
  // find complains of a link that is not there, and removes the rest: a container that never started has none.
  if (links.length > 0) await host.run(['find', ...links, '-maxdepth', '0', '-type', 'l', '-delete']);
}

/** Asking a stopped Docker would start it: its socket is activated by systemd. */
async function dockerRuns({ host }: ReadContext): Promise<boolean> {
  return (await unitState(host, 'docker.service')).activeState === 'active';
}

async function withDocker<T>(
  read: ReadContext,
  use: (docker: Awaited<ReturnType<ReadContext['docker']>>) => Promise<T>,
): Promise<T> {
  const docker = await read.docker();
  try {
    return await use(docker);
  } finally {
    await docker.close();
  }
}
