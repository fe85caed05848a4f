import { unknown } from '../core/fact.js';
import type { NodeEvidence } from '../core/node-evidence.js';
import type { Clock, ReadHost } from '../core/ports.js';
import { collectDockerMentions } from './docker-mentions.js';
import { observe } from './observe.js';
import { collectSocketUsers } from './socket-users.js';
import { tryQuery } from './try-query.js';

/** Looks at a node for those who use Docker beside Kubernetes. What cannot be seen is unknown, each for itself. */
export async function collectNodeEvidence(host: ReadHost, clock: Clock): Promise<NodeEvidence> {
  const [socketUsers, files, dockerGroup] = await Promise.all([
    observe('ss and /proc', () => collectSocketUsers(host, clock)),
    observe("the host's files", () => collectDockerMentions(host)),
    observe('getent group docker', () => membersOfDocker(host)),
  ]);
  return { socketUsers, files, dockerGroup };
}

export const noEvidence = (why: string): NodeEvidence => ({
  socketUsers: unknown(why),
  files: unknown(why),
  dockerGroup: unknown(why),
});

async function membersOfDocker(host: ReadHost): Promise<readonly string[]> {
  const result = await tryQuery(host, ['getent', 'group', 'docker']);
  const members = result?.stdout.trim().split(':')[3] ?? '';
  return members.split(',').filter((member) => member !== '');
}
