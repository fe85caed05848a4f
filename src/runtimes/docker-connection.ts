import { Agent } from 'node:http';
import { inspect } from 'node:util';
import Dockerode from 'dockerode';
import type { z } from 'zod';
import { MigrateError } from '../core/errors.js';
import { dockerApiVersion } from './docker-api-version.js';
import { dockerError } from './docker-error.js';
import { dockerReplies } from './docker-replies.js';

export interface DockerConnection {
  readonly engineVersion: string;
  /** The one that was agreed on. */
  readonly apiVersion: string;
  /** One request with a deadline; its answer is parsed, and every way to fail is a `MigrateError`. */
  request<T>(action: string, reply: z.ZodType<T>, send: Send, timeoutMs?: number): Promise<T>;
  close(): Promise<void>;
}

/** Not all of the client's methods take the signal; those that do give their socket back at once when time is up. */
type Send = (docker: Dockerode, options: { readonly abortSignal: AbortSignal }) => Promise<unknown>;

const REQUEST_TIMEOUT_MS = 30_000;

/** Connects to a Docker Engine and agrees on an API version with it. `subject`: `Docker at /run/docker.sock`. */
export async function dockerConnection(subject: string, socketPath: string): Promise<DockerConnection> {
  // Unlimited sockets: a dozen containers may be waited for at once, and none may queue behind another's grace period.
  const agent = new Agent({ keepAlive: true });
  // For a debug line nobody reads, the client renders the agent with all its sockets at every request: 10 ms each.
  Object.assign(agent, { [inspect.custom]: () => 'Agent' });
  const abandon = new Set<(reason: MigrateError) => void>();
  let closed = false;
  let docker = clientOf({ socketPath, agent });

  const request: DockerConnection['request'] = async (action, reply, send, timeoutMs = REQUEST_TIMEOUT_MS) => {
    if (closed) throw new MigrateError('bug', `${subject}: ${action}: the connection was closed before`);
    const abort = new AbortController();
    let giveUp: (reason: MigrateError) => void = () => undefined;
    // The client never settles when a connection breaks in the middle of an answer: the signal alone would not do.
    const givenUp = new Promise<never>((_resolve, reject) => {
      giveUp = (reason) => {
        reject(reason);
        abort.abort();
      };
    });
    const timer = setTimeout(() => {
      giveUp(new MigrateError('timeout', `${subject}: ${action}: no answer within ${timeoutMs / 1000} s`));
    }, timeoutMs);
    abandon.add(giveUp);
    try {
      const answer = await Promise.race([givenUp, send(docker, { abortSignal: abort.signal })]);
      const parsed = reply.safeParse(answer);
      if (parsed.success) return parsed.data;
      throw new MigrateError('failed', `${subject}: ${action}: the answer is not one of the Docker Engine API`, {
        cause: parsed.error,
      });
    } catch (error) {
      throw dockerError(subject, action, error);
    } finally {
      clearTimeout(timer);
      abandon.delete(giveUp);
    }
  };

  const close = (): Promise<void> => {
    closed = true;
    for (const giveUp of abandon) giveUp(new MigrateError('interrupted', `${subject}: the connection was closed`));
    agent.destroy();
    return Promise.resolve();
  };

  try {
    const versions = await request('asking for its version', dockerReplies.version, (bare) => bare.version(), 10_000);
    const engine = {
      version: versions.Version,
      apiVersion: versions.ApiVersion,
      minApiVersion: versions.MinAPIVersion,
    };
    const apiVersion = dockerApiVersion(subject, engine);
    docker = clientOf({ socketPath, agent, version: `v${apiVersion}` });
    return { engineVersion: engine.version, apiVersion, request, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The client prefers a DOCKER_HOST of the workstation to the socket it is given, and so must not see it. */
function clientOf(options: { socketPath: string; agent: Agent; version?: string }): Dockerode {
  const host = process.env['DOCKER_HOST'];
  delete process.env['DOCKER_HOST'];
  try {
    return new Dockerode(options);
  } finally {
    if (host !== undefined) process.env['DOCKER_HOST'] = host;
  }
}
