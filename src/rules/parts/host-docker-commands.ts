import type { ShellCommand } from '../../manifests/shell-command.js';
import type { ContainerView, PodView } from '../../manifests/views.js';
import { dockerCommandsOf } from './docker-commands-of.js';

const OF_DOCKER = /^(?:docker|dockerd|docker-compose|docker-\w+)$/;
const OF_UNITS: ReadonlySet<string> = new Set(['systemctl', 'service', 'journalctl', 'pkill', 'killall', 'pgrep']);

/** What a container runs on the node itself (chroot, nsenter) and with Docker there: its client, its unit, its process. */
export function hostDockerCommands(pod: PodView, container: ContainerView): ShellCommand[] {
  return dockerCommandsOf(pod, container).filter((one) => one.onHost && usesDocker(one));
}

function usesDocker({ name, words }: ShellCommand): boolean {
  if (OF_DOCKER.test(name)) return true;
  return OF_UNITS.has(name) && words.some((word) => /^(?:docker|dockerd)(?:\.service|\.socket)?$/.test(word));
}
