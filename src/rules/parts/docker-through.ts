import type { PodView } from '../../manifests/views.js';
import { defaultSocketUse } from './default-socket-use.js';
import { hostDockerCommands } from './host-docker-commands.js';
import { namedPaths } from './named-paths.js';
import { namedSentence } from './named-sentence.js';
import type { Reach } from './reach.js';

const SOCKET = '/run/docker.sock';
const SHOWN_WORDS = 4;

/** What in a pod shows that it uses something of Docker's through a mount of a directory above; a sentence with a full stop. */
export function dockerThrough(
  pod: PodView,
  { mounts, path }: Reach,
  is: (path: string) => boolean,
): string | undefined {
  for (const named of namedPaths(pod, is)) {
    if (mounts.includes(named.mount)) return namedSentence(named);
  }
  for (const mount of mounts) {
    const { container } = mount;
    if (container === undefined) continue;
    if (is(SOCKET) && defaultSocketUse(pod, container)?.mount === mount) {
      return `Container ${container.name} runs docker, which looks for its socket there.`;
    }
    const command = path === '/' ? hostDockerCommands(pod, container)[0] : undefined;
    if (command === undefined) continue;
    return `Container ${container.name} runs "${command.words.slice(0, SHOWN_WORDS).join(' ')}" on the node through it.`;
  }
  return undefined;
}
