/**
 * Whether /proc/PID/cgroup tells of a process in a container. Only the innermost group counts: on a machine that is itself
 * a container, every service lives somewhere below that container's group.
 */
export function runsInContainer(cgroups: string): boolean {
  return cgroups
    .split('\n')
    .map((line) => line.split(':').slice(2).join(':').split('/').at(-1) ?? '')
    .some((group) => /^(?:docker-|cri-containerd-|crio-|libpod-)?[0-9a-f]{64}(?:\.scope)?$/.test(group));
}
