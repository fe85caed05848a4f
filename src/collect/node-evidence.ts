import { MigrateError } from '../core/errors.js';
import { unknown } from '../core/fact.js';
import type { NodeEvidence } from '../core/node-evidence.js';
import type { Clock, ReadHost } from '../core/ports.js';
import { collectDockerMentions } from './docker-mentions.js';
import { observe } from './observe.js';
import { socketNamespaces } from './socket-namespaces.js';
import { socketPeers } from './socket-peers.js';
import { collectSocketUsers } from './socket-users.js';

export interface EvidenceInput {
  readonly host: ReadHost;
  readonly clock: Clock;
  /** The kubelet's folder of static pods, if it has one. */
  readonly staticPods: string | undefined;
}

/** Looks at a node for those who use Docker beside Kubernetes. What cannot be seen is unknown, each for itself. */
export async function collectNodeEvidence({ host, clock, staticPods }: EvidenceInput): Promise<NodeEvidence> {
  const further = staticPods === undefined ? [] : [staticPods];
  const [hostSocketUsers, podSocketUsers, files, dockerGroup] = await Promise.all([
    observe('ss and /proc', () => collectSocketUsers(host, clock, socketPeers)),
    observe('/proc', () => collectSocketUsers(host, clock, socketNamespaces)),
    observe("the host's files", () => collectDockerMentions(host, further)),
    observe('getent group docker', () => membersOfDocker(host)),
  ]);
  return { hostSocketUsers, podSocketUsers, files, dockerGroup };
}

export const noEvidence = (why: string): NodeEvidence => ({
  hostSocketUsers: unknown(why),
  podSocketUsers: unknown(why),
  files: unknown(why),
  dockerGroup: unknown(why),
});

/** Of users whose own group it is, nothing is told. */
async function membersOfDocker(host: ReadHost): Promise<readonly string[]> {
  const { code, stdout } = await host.query(['getent', 'group', 'docker']);
  if (code === 127) throw new MigrateError('not-found', `${host.name} has no command getent`);
  const members = stdout.trim().split(':')[3] ?? '';
  return members.split(',').filter((member) => member !== '');
}
