import { setTimeout as sleep } from 'node:timers/promises';
import { MigrateError } from '../core/errors.js';
import type { DockerApi } from '../core/ports.js';
import type { DockerConnection } from './docker-connection.js';
import { dockerReplies } from './docker-replies.js';

/** What a stop or a kill may take beyond its grace period: the engine waits for the process and unmounts its file system. */
const MARGIN_MS = 30_000;
const REMOVE_DEADLINE_MS = 30_000;

type Actions = Pick<DockerApi, 'stop' | 'kill' | 'removeContainer' | 'start'>;

/** What changes containers. Each is done when its end state is there, whoever brought it about. */
export function dockerActions(connection: DockerConnection): Actions {
  const stateOf = async (id: string): Promise<'gone' | 'running' | 'stopped'> => {
    try {
      const reply = await connection.request(`inspecting container ${id}`, dockerReplies.container, (docker, options) =>
        docker.getContainer(id).inspect(options),
      );
      return reply.State.Running ? 'running' : 'stopped';
    } catch (error) {
      if (isNotFound(error)) return 'gone';
      throw error;
    }
  };

  // "Not running" is 304, 409 or 500 depending on the verb and the engine, so the state decides, not the status.
  const endedAnyway = async (id: string, error: unknown): Promise<void> => {
    if (isNotFound(error)) return;
    if (!(error instanceof MigrateError) || error.code !== 'failed') throw error;
    if ((await stateOf(id)) === 'running') throw error;
  };

  return {
    stop: (id, graceSeconds) =>
      connection
        .request(
          `stopping container ${id}`,
          dockerReplies.nothing,
          (docker, options) => docker.getContainer(id).stop({ t: graceSeconds, ...options }),
          graceSeconds * 1000 + MARGIN_MS,
        )
        .catch((error: unknown) => endedAnyway(id, error)),

    kill: (id) =>
      connection
        .request(`killing container ${id}`, dockerReplies.nothing, (docker, options) =>
          docker.getContainer(id).kill(options),
        )
        .catch((error: unknown) => endedAnyway(id, error)),

    removeContainer: async (id) => {
      const until = Date.now() + REMOVE_DEADLINE_MS;
      for (;;) {
        try {
          await connection.request(
            `removing container ${id}`,
            dockerReplies.nothing,
            (docker, options) => docker.getContainer(id).remove({ v: false, force: true, ...options }),
            REMOVE_DEADLINE_MS + MARGIN_MS,
          );
          return;
        } catch (error) {
          if (isNotFound(error)) return;
          // 409: somebody else is removing it already; it is gone when they are done.
          if (statusOf(error) !== 409 || Date.now() >= until) throw error;
        }
        await sleep(200);
      }
    },

    start: (id) =>
      connection
        .request(
          `starting container ${id}`,
          dockerReplies.nothing,
          (docker, options) => docker.getContainer(id).start(options),
          MARGIN_MS,
        )
        .catch((error: unknown) => {
          if (statusOf(error) !== 304) throw error;
        }),
  };
}

const isNotFound = (error: unknown): boolean => error instanceof MigrateError && error.code === 'not-found';

const statusOf = (error: unknown): unknown =>
  error instanceof MigrateError ? (error.cause as { statusCode?: unknown } | undefined)?.statusCode : undefined;
