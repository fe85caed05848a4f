import type { ShellCommand } from '../../manifests/shell-command.js';
import { shellCommands } from '../../manifests/shell-commands.js';
import { argvView } from '../../manifests/text-views.js';
import type { ContainerView, PodView } from '../../manifests/views.js';

const OF_DOCKER = /^(?:docker|dockerd|docker-compose|docker-\w+)$/;
const OF_UNITS: ReadonlySet<string> = new Set(['systemctl', 'service', 'journalctl', 'pkill', 'killall', 'pgrep']);

/** What a container runs on the node itself (chroot, nsenter) and with Docker there: its client, its unit, its process. */
export function hostDockerCommands(pod: PodView, container: ContainerView): ShellCommand[] {
  const words = [...container.command, ...container.args];
  const commands = words.some(({ text }) => /chroot|nsenter/.test(text)) ? argvOf(pod, container).commands() : [];
  const scripts = ['script', 'source'].flatMap((key) => {
    const script = container.value[key];
    return typeof script === 'string' && /chroot|nsenter/.test(script) ? shellCommands(script, 'script') : [];
  });
  return [...commands, ...scripts].filter((one) => one.onHost && usesDocker(one));
}

function usesDocker({ name, words }: ShellCommand): boolean {
  if (OF_DOCKER.test(name)) return true;
  return OF_UNITS.has(name) && words.some((word) => /^(?:docker|dockerd)(?:\.service|\.socket)?$/.test(word));
}

const argvOf = (pod: PodView, container: ContainerView): ReturnType<typeof argvView> => {
  const { object, apiVersion, annotations, source } = pod;
  return argvView({ object, apiVersion, annotations, source, path: container.path, key: '', pod, container }, [
    ...container.command,
    ...container.args,
  ]);
};
