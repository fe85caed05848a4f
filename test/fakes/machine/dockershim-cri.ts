import { MigrateError } from '../../../src/core/errors.js';
import type { CriApi } from '../../../src/core/ports.js';
import { dockershim } from './dockershim.js';
import { kubeletFlags } from './kubelet-flags.js';
import type { Machine } from './machine.js';

/** The CRI that a kubelet on dockershim serves itself: for as long as it runs, and Docker with it. */
export function dockershimCri(machine: Machine, endpoint: string): CriApi {
  const { clock, cni, docker, files, processes } = machine;
  const need = (): void => {
    const kubelet = processes.list().find(({ argv }) => argv[0] === '/usr/bin/kubelet');
    if (kubelet !== undefined && kubeletFlags(kubelet.argv).remoteEndpoint === undefined && docker.running) return;
    throw new MigrateError('unreachable', `nobody answers on ${endpoint} of ${machine.name}`);
  };
  const sandboxes = () =>
    docker
      .containers()
      .flatMap(({ id, state, owner }) =>
        owner.kind === 'dockershim' && owner.role === 'sandbox'
          ? [{ id, name: owner.pod, namespace: owner.namespace, uid: owner.podUid, ready: state === 'running' }]
          : [],
      );
  need();
  return {
    facts() {
      need();
      return Promise.resolve({
        api: 'runtime.v1alpha2',
        runtimeName: 'docker',
        runtimeVersion: '20.10.24',
        conditions: [],
        info: {},
        sandboxes: sandboxes(),
        containers: [],
        images: [],
        imageFilesystems: [],
      });
    },
    container(id) {
      const logPath = docker.containers().find((one) => one.id === id)?.labels['io.kubernetes.container.logpath'];
      return Promise.resolve(logPath === undefined ? undefined : { running: true, pid: undefined, logPath });
    },
    async runPod(request, image) {
      need();
      await clock.sleep(400);
      const [container] = dockershim(docker, cni, files).ensure({
        ...request,
        isStatic: false,
        graceSeconds: 2,
        endsAfterMs: 10,
        containers: [{ name: 'probe', image }],
      });
      const sandboxId = sandboxes().find(({ uid }) => uid === request.uid)?.id ?? '';
      return { sandboxId, containerId: container?.id ?? '', ip: '10.22.0.9', milliseconds: 400 };
    },
    async removeSandbox(id) {
      need();
      await clock.sleep(120);
      const sandbox = sandboxes().find((one) => one.id === id);
      if (sandbox === undefined) return;
      // It takes the links to Docker's logs along.
      const links = docker.containers().flatMap(({ owner, labels }) => {
        const link = labels['io.kubernetes.container.logpath'];
        return owner.kind === 'dockershim' && owner.podUid === sandbox.uid && link !== undefined ? [link] : [];
      });
      dockershim(docker, cni, files).kill(sandbox.uid);
      for (const link of links) files.remove(link);
    },
    pullImage: () => Promise.reject(new MigrateError('bug', 'nobody pulls images by dockershim')),
    removeImage: () => Promise.reject(new MigrateError('bug', 'nobody removes images by dockershim')),
    close: () => Promise.resolve(),
  };
}
