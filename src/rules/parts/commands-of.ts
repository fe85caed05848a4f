import type { ShellCommand } from '../../manifests/shell-command.js';
import { shellCommands } from '../../manifests/shell-commands.js';
import { argvView } from '../../manifests/text-views.js';
import type { ContainerView, PodView } from '../../manifests/views.js';

/** What a container runs: by its command and arguments, and by Tekton's or Argo's script. */
export function commandsOf(pod: PodView, container: ContainerView): ShellCommand[] {
  const { object, apiVersion, annotations, source } = pod;
  const { command, args, value, path } = container;
  const head = { object, apiVersion, annotations, source, path, key: '', pod, container };
  const scripts = [value.script, value.source].filter((script) => typeof script === 'string');
  return [
    ...argvView(head, [...command, ...args]).commands(),
    ...scripts.flatMap((script) => shellCommands(script, 'script')),
  ];
}
