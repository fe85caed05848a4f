import type { CriDaemon } from './cri-daemon.js';
import type { PodRuntime } from './pod-runtime.js';

/** How a kubelet runs pods through a CRI. */
export function criPods(
  daemon: CriDaemon,
  cgroupDriver: 'cgroupfs' | 'systemd',
  names: Pick<PodRuntime, 'prefix' | 'version'>,
): PodRuntime {
  const ofPod = (uid: string) => [...daemon.sandboxes.values()].filter((sandbox) => sandbox.uid === uid);
  const kill = (uid: string): void => {
    for (const { id } of ofPod(uid)) {
      daemon.stopSandbox(id);
      daemon.removeSandbox(id);
    }
  };
  return {
    ...names,
    reachable: () => daemon.settings !== undefined && !daemon.settings.criDisabled,
    startUp: () => undefined,
    ensure(pod) {
      const [sandbox] = ofPod(pod.uid);
      const running = [...daemon.containers.values()].filter(
        ({ sandboxId, state }) => sandboxId === sandbox?.id && state === 'running',
      );
      if (sandbox?.ready === true && running.length === pod.containers.length) return running;
      kill(pod.uid);
      if (daemon.settings?.systemdCgroup !== (cgroupDriver === 'systemd')) {
        throw new Error('failed to create a container: expected cgroupsPath to be of another cgroup driver');
      }
      const { id } = daemon.runSandbox(pod);
      return pod.containers.map(({ name, image }) => ({
        name,
        id: daemon.runContainer(id, name, image, `${pod.logDirectory}/${name}/0.log`),
      }));
    },
    kill,
    podUids: () => [...new Set([...daemon.sandboxes.values()].map(({ uid }) => uid))],
  };
}
