import type { ShellCommand } from '../../manifests/shell-command.js';
import { shellCommands } from '../../manifests/shell-commands.js';
import { argvView } from '../../manifests/text-views.js';
import type { ContainerView, PodView } from '../../manifests/views.js';

/**
 * What a container runs, by its command and arguments, and by Tekton's or Argo's script. None where nothing of that mentions
 * Docker: most containers do not, and their commands need not be read.
 */
export function dockerCommandsOf(pod: PodView, container: ContainerView): ShellCommand[] {
  const { object, apiVersion, annotations, source } = pod;
  const { command, args, value, path } = container;
  const head = { object, apiVersion, annotations, source, path, key: '', pod, container };
  const scripts = [value.script, value.source].filter((script) => typeof script === 'string');
  const words = [...command, ...args];
  if (![...words.map(({ text }) => text), ...scripts].some((text) => text.includes('docker'))) return [];
  return [...argvView(head, words).commands(), ...scripts.flatMap((script) => shellCommands(script, 'script'))];
}
