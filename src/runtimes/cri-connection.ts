import { Client, type ClientUnaryCall, credentials, status } from '@grpc/grpc-js';
import { MigrateError } from '../core/errors.js';
import type { CriCalls } from './cri-calls.js';
import { criError } from './cri-error.js';
import { type CriApiName, criMethods } from './cri-methods.js';
import { probeSocket } from './probe-socket.js';

export interface CriConnection {
  readonly subject: string;
  /** The one that was agreed on. */
  readonly api: CriApiName;
  call<M extends keyof CriCalls>(
    method: M,
    request: CriCalls[M]['request'],
    timeoutMs?: number,
  ): Promise<CriCalls[M]['reply']>;
  close(): Promise<void>;
}

const CALL_TIMEOUT_MS = 30_000;
const VERSION_TIMEOUT_MS = 5_000;

const CHANNEL = {
  // Go's servers refuse the encoded socket path that would stand here otherwise.
  'grpc.default_authority': 'localhost',
  // A node of 10,000 images or ended containers answers with more than the default of 4 MiB.
  'grpc.max_receive_message_length': 64 * 1024 * 1024,
  'grpc.enable_http_proxy': 0,
  // What runs behind the socket may be restarted while the connection is held.
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 1_000,
};

/** Connects to a CRI socket and finds out whether `runtime.v1` is spoken there, else `runtime.v1alpha2`. */
export async function criConnection(socketPath: string, endpoint: string): Promise<CriConnection> {
  const subject = `the CRI at ${endpoint}`;
  await probeSocket(subject, socketPath);
  const client = new Client(`unix:${socketPath}`, credentials.createInsecure(), CHANNEL);
  const inFlight = new Set<ClientUnaryCall>();

  const callAs =
    (api: CriApiName): CriConnection['call'] =>
    (method, request, timeoutMs = CALL_TIMEOUT_MS) =>
      new Promise((resolve, reject) => {
        const { path, requestSerialize, responseDeserialize } = criMethods(api)(method);
        const deadline = Date.now() + timeoutMs;
        const call = client.makeUnaryRequest(
          path,
          requestSerialize,
          responseDeserialize,
          request,
          { deadline },
          (error, reply) => {
            inFlight.delete(call);
            if (error !== null) reject(criError(subject, method, error, timeoutMs));
            else resolve(reply as CriCalls[typeof method]['reply']);
          },
        );
        inFlight.add(call);
      });

  const close = (): Promise<void> => {
    for (const call of inFlight) call.cancel();
    client.close();
    return Promise.resolve();
  };

  try {
    for (const api of ['runtime.v1', 'runtime.v1alpha2'] as const) {
      if (await speaks(callAs(api))) return { subject, api, call: callAs(api), close };
    }
    throw new MigrateError('failed', `${subject}: neither runtime.v1 nor runtime.v1alpha2 is served there`, {
      hint: "its CRI plugin is disabled (disabled_plugins in containerd's configuration) or failed to load; the runtime's log says which",
    });
  } catch (error) {
    await close();
    throw error;
  }
}

async function speaks(call: CriConnection['call']): Promise<boolean> {
  try {
    await call('RuntimeService/Version', {}, VERSION_TIMEOUT_MS);
    return true;
  } catch (error) {
    if (error instanceof MigrateError && (error.cause as { code?: unknown }).code === status.UNIMPLEMENTED)
      return false;
    throw error;
  }
}
