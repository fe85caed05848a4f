import { MigrateError } from '../core/errors.js';
import type { DockerContainer } from '../core/inventory.js';
import { containerOwner } from './container-owner.js';
import type { DockerConnection } from './docker-connection.js';
import { dockerReplies } from './docker-replies.js';
import { mapBounded } from '../core/map-bounded.js';

const INSPECTIONS_AT_ONCE = 8;

/** Every container, also those that have ended. One that goes away between the list and the look at it is left out. */
export async function dockerContainers(connection: DockerConnection): Promise<readonly DockerContainer[]> {
  const listed = await connection.request('listing containers', dockerReplies.containers, (docker, options) =>
    docker.listContainers({ all: true, ...options }),
  );
  const looked = await mapBounded(listed, INSPECTIONS_AT_ONCE, ({ Id }) => inspect(connection, Id));
  return looked.filter((container) => container !== undefined);
}

async function inspect(connection: DockerConnection, id: string): Promise<DockerContainer | undefined> {
  try {
    const reply = await connection.request(`inspecting container ${id}`, dockerReplies.container, (docker, options) =>
      docker.getContainer(id).inspect(options),
    );
    const name = reply.Name.replace(/^\//, '');
    return {
      id: reply.Id,
      name,
      image: reply.Config.Image,
      imageId: reply.Image,
      command: [reply.Path, ...reply.Args].join(' '),
      state: reply.State.Status,
      startedAt: reply.State.StartedAt,
      restartPolicy: reply.HostConfig.RestartPolicy,
      pid: reply.State.Pid,
      owner: containerOwner(name, reply.Config.Labels),
      labels: reply.Config.Labels,
    };
  } catch (error) {
    if (error instanceof MigrateError && error.code === 'not-found') return undefined;
    throw error;
  }
}
