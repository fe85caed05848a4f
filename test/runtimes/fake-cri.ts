import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type sendUnaryData,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServiceDefinition,
  status,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

type Api = 'runtime.v1' | 'runtime.v1alpha2';

/** Throws `{ code, details }` to fail the call; a promise that never settles leaves it without an answer. */
export type FakeCriHandler = (request: Record<string, unknown>) => unknown;

export interface FakeCri {
  readonly socketPath: string;
  readonly endpoint: string;
  /** `runtime.v1 RunPodSandbox`, in the order of arrival. */
  readonly calls: readonly string[];
  stop(): Promise<void>;
}

const DEFAULTS: Readonly<Record<string, FakeCriHandler>> = {
  Version: () => ({ version: '0.1.0', runtimeName: 'fake', runtimeVersion: '9.8.7', runtimeApiVersion: 'v1' }),
  Status: () => ({ status: { conditions: [] }, info: {} }),
  ListPodSandbox: () => ({ items: [] }),
  ListContainers: () => ({ containers: [] }),
  ListImages: () => ({ images: [] }),
  ImageFsInfo: () => ({ imageFilesystems: [] }),
};

/** A gRPC server that speaks the named versions of the CRI; calls it has no handler for are unimplemented. */
export async function fakeCri(
  apis: readonly Api[],
  handlers: Readonly<Record<string, FakeCriHandler>> = {},
): Promise<FakeCri> {
  const directory = mkdtempSync(path.join(tmpdir(), 'fake-cri-'));
  const socketPath = path.join(directory, 'cri.sock');
  const packages = loadSync('runtime-v1alpha2.proto', {
    includeDirs: ['proto'],
    defaults: true,
    enums: String,
    longs: Number,
  });
  const server = new Server({ 'grpc.max_send_message_length': -1 });
  const calls: string[] = [];
  const known = { ...DEFAULTS, ...handlers };
  for (const api of apis) {
    for (const service of ['RuntimeService', 'ImageService']) {
      const definition = packages[`${api}.${service}`] as ServiceDefinition;
      const names = Object.keys(definition).filter((name) => known[name] !== undefined);
      const answer =
        (name: string) => (call: ServerUnaryCall<Record<string, unknown>, unknown>, done: sendUnaryData<unknown>) => {
          calls.push(`${api} ${name}`);
          void (async () => known[name]?.(call.request))().then(
            (reply) => done(null, reply),
            (error: unknown) => done({ code: status.UNKNOWN, ...(error as object) }),
          );
        };
      server.addService(definition, Object.fromEntries(names.map((name) => [name, answer(name)])));
    }
  }
  await new Promise<void>((resolve, reject) =>
    server.bindAsync(`unix:${socketPath}`, ServerCredentials.createInsecure(), (error) =>
      error ? reject(error) : resolve(),
    ),
  );
  const stop = async (): Promise<void> => {
    server.forceShutdown();
    rmSync(directory, { recursive: true, force: true });
    return Promise.resolve();
  };
  return { socketPath, endpoint: `unix://${socketPath}`, calls, stop };
}
