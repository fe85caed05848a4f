import type { ContainerdDaemon } from './containerd-daemon.js';
import type { PodRuntime } from './pod-runtime.js';

/** How a kubelet runs pods through containerd's CRI. */
export function criPods(containerd: ContainerdDaemon, cgroupDriver: 'cgroupfs' | 'systemd'): PodRuntime {
  const ofPod = (uid: string) => [...containerd.sandboxes.values()].filter((sandbox) => sandbox.uid === uid);
  const kill = (uid: string): void => {
    for (const { id } of ofPod(uid)) {
      containerd.stopSandbox(id);
      containerd.removeSandbox(id);
    }
  };
  return {
    prefix: 'containerd://',
    version: 'containerd://1.6.20',
    reachable: () => containerd.settings !== undefined && !containerd.settings.criDisabled,
    startUp: () => undefined,
    ensure(pod) {
      const [sandbox] = ofPod(pod.uid);
      const running = [...containerd.containers.values()].filter(
        ({ sandboxId, state }) => sandboxId === sandbox?.id && state === 'running',
      );
      if (sandbox?.ready === true && running.length === pod.containers.length) return running;
      kill(pod.uid);
      if (containerd.settings?.systemdCgroup !== (cgroupDriver === 'systemd')) {
        throw new Error('failed to create containerd task: expected cgroupsPath to be of another cgroup driver');
      }
      const { id } = containerd.runSandbox(pod);
      return pod.containers.map(({ name, image }) => ({
        name,
        id: containerd.runContainer(id, name, image, `${pod.logDirectory}/${name}/0.log`),
      }));
    },
    kill,
    podUids: () => [...new Set([...containerd.sandboxes.values()].map(({ uid }) => uid))],
  };
}
