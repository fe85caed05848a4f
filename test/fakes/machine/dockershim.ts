import type { CniNetwork } from './cni-network.js';
import type { DockerEngine } from './docker-engine.js';
import type { MemoryFiles } from './memory-files.js';
import type { PodRuntime, PodSpec } from './pod-runtime.js';

const SANDBOX_IMAGE = 'k8s.gcr.io/pause:3.4.1';

/** How a kubelet of this era runs pods in Docker, names and labels as dockershim gives them. */
export function dockershim(docker: DockerEngine, cni: CniNetwork, files: MemoryFiles): PodRuntime {
  const shimmed = () =>
    docker
      .containers()
      .flatMap((container) =>
        container.owner.kind === 'dockershim' ? [{ ...container, owner: container.owner }] : [],
      );

  function create(pod: PodSpec, role: 'podsandbox' | 'container', name: string, image: string): string {
    const uid = pod.uid.replaceAll('/', '-');
    const logPath = `${pod.logDirectory}/${name}/0.log`;
    const id = docker.create({
      name: `k8s_${name}_${pod.name}_${pod.namespace}_${uid}_0`,
      image,
      command: role === 'podsandbox' ? '/pause' : 'sleep 100000',
      ...(pod.endsAfterMs === undefined ? {} : { endsAfterMs: pod.endsAfterMs }),
      labels: {
        'io.kubernetes.docker.type': role,
        'io.kubernetes.pod.name': pod.name,
        'io.kubernetes.pod.namespace': pod.namespace,
        'io.kubernetes.pod.uid': uid,
        'io.kubernetes.container.name': name,
        ...(role === 'podsandbox'
          ? { 'annotation.kubernetes.io/config.source': pod.isStatic ? 'file' : 'api' }
          : {
              'annotation.io.kubernetes.pod.terminationGracePeriod': String(pod.graceSeconds),
              'io.kubernetes.container.logpath': logPath,
            }),
      },
    });
    if (role === 'container') {
      const log = `/var/lib/docker/containers/${id}/${id}-json.log`;
      files.write(log, '', { mode: 0o640 });
      files.link(logPath, log);
    }
    docker.start(id);
    return id;
  }

  function removeWith(uid: string): void {
    for (const { id, owner } of shimmed()) {
      if (owner.podUid !== uid.replaceAll('/', '-')) continue;
      docker.remove(id);
      files.removeTree(`/var/lib/docker/containers/${id}`);
      if (owner.role === 'sandbox') {
        cni.del(id);
        cni.forget(id);
      }
    }
  }

  return {
    prefix: 'docker://',
    version: 'docker://20.10.24',
    reachable: () => docker.running,
    startUp() {
      // Its checkpoints tell it of sandboxes that are gone: their addresses are given back.
      const alive = new Set(
        shimmed()
          .filter(({ state }) => state === 'running')
          .map(({ id }) => id),
      );
      for (const holder of cni.holders()) {
        if (alive.has(holder)) continue;
        cni.del(holder);
        cni.forget(holder);
      }
    },
    ensure(pod) {
      const uid = pod.uid.replaceAll('/', '-');
      const own = shimmed().filter(({ owner }) => owner.podUid === uid);
      const wanted = pod.containers.length + 1;
      if (own.length === wanted && own.every(({ state }) => state === 'running')) {
        return own.flatMap(({ owner, id }) => (owner.role === 'container' ? [{ name: owner.container, id }] : []));
      }
      removeWith(pod.uid);
      const sandbox = create(pod, 'podsandbox', 'POD', SANDBOX_IMAGE);
      if (!pod.hostNetwork) cni.add(sandbox, pod);
      return pod.containers.map(({ name, image }) => ({ name, id: create(pod, 'container', name, image) }));
    },
    kill: removeWith,
    podUids: () => [...new Set(shimmed().map(({ owner }) => owner.podUid))],
  };
}
