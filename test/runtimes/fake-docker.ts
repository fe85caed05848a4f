import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

type Answer = { readonly status?: number; readonly json?: unknown } | ((reply: ServerResponse) => void);

export interface FakeDockerOptions {
  readonly version: { readonly Version?: string; readonly ApiVersion?: string; readonly MinAPIVersion?: string };
  /** Range of versions in paths that are let through, as the engine would. */
  readonly from: string;
  readonly to: string;
  /** By `GET /containers/json`, without version and query; several answers are given one after the other, the last one for ever. */
  readonly routes?: Readonly<Record<string, Answer | readonly Answer[]>>;
}

export interface FakeDocker {
  readonly socketPath: string;
  /** `GET /v1.41/info`, in the order of arrival, queries included. */
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

/** An HTTP server that refuses versions as the Docker Engine does and knows the answers it was given. */
export async function fakeDocker(options: FakeDockerOptions): Promise<FakeDocker> {
  const directory = mkdtempSync(path.join(tmpdir(), 'fake-docker-'));
  const socketPath = path.join(directory, 'docker.sock');
  const requests: string[] = [];
  const asked = new Map<string, number>();

  const answer = (request: IncomingMessage): Answer => {
    const { version, route } = parse(request);
    if (route === 'GET /version') return { json: options.version };
    if (version === undefined) return { status: 400, json: { message: 'the path has no version' } };
    const minor = minorOf(version);
    if (minor < minorOf(options.from)) return refusal(`client version ${version} is too old`);
    if (minor > minorOf(options.to)) return refusal(`client version ${version} is too new`);
    const answers = options.routes?.[route];
    if (answers === undefined) return { status: 404, json: { message: `No such thing: ${route}` } };
    if (!isList(answers)) return answers;
    const count = asked.get(route) ?? 0;
    asked.set(route, count + 1);
    return answers[Math.min(count, answers.length - 1)] ?? { status: 500 };
  };

  const server = createServer((request, reply) => {
    requests.push(`${request.method} ${request.url}`);
    const chosen = answer(request);
    if (typeof chosen === 'function') return chosen(reply);
    reply.writeHead(chosen.status ?? 200, { 'Content-Type': 'application/json' });
    reply.end(chosen.json === undefined ? undefined : JSON.stringify(chosen.json));
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(directory, { recursive: true, force: true });
  };
  return { socketPath, requests, stop };
}

const isList = (answers: Answer | readonly Answer[]): answers is readonly Answer[] => Array.isArray(answers);
const refusal = (message: string): Answer => ({ status: 400, json: { message } });
const minorOf = (version: string): number => Number(version.split('.')[1]);

function parse(request: IncomingMessage): { version: string | undefined; route: string } {
  const [pathname = ''] = (request.url ?? '').split('?');
  const [, version, rest = ''] = /^(?:\/v(1\.\d+))?(\/.*)$/.exec(pathname) ?? [];
  return { version, route: `${request.method} ${rest}` };
}
