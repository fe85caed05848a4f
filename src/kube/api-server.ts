import { setTimeout as sleep } from 'node:timers/promises';
import http from 'node:http';
import https from 'node:https';
import type { ApiAnswer, ApiCall } from './api-call.js';
import type { ClusterAccess } from './cluster-access.js';
import { connectionError } from './connection-error.js';
import { credentials } from './credentials.js';
import { exchange } from './exchange.js';

export interface ApiServer {
  readonly access: ClusterAccess;
  /** Any status is an answer; what never became one is thrown as `unreachable`, `denied` or `timeout`. */
  call(call: ApiCall): Promise<ApiAnswer>;
  close(): void;
}

const THROTTLED_TRIES = 5;

/** The API server of a kubeconfig context: one pool of connections, fresh credentials. */
export function apiServer(access: ClusterAccess): ApiServer {
  const own = credentials(access);
  const Agent = access.server.startsWith('https:') ? https.Agent : http.Agent;
  const agent = new Agent({ keepAlive: true, maxSockets: 24 });

  const once = async (call: ApiCall): Promise<ApiAnswer> => {
    const options = { agent, ...(await own.current()) };
    try {
      return await exchange(access.server, call, options);
    } catch (error) {
      throw await connectionError(error, access, call);
    }
  };

  return {
    access,
    async call(call) {
      let answer = await once(call);
      if (answer.status === 401) {
        own.drop();
        answer = await once(call);
      }
      // The server's own throttling. A POST's 429 may be a budget's word, which is for the caller.
      for (let tries = 1; answer.status === 429 && call.method !== 'POST' && tries < THROTTLED_TRIES; tries++) {
        await sleep(Math.min(answer.retryAfterMs ?? 1000, 10_000));
        answer = await once(call);
      }
      return answer;
    },
    close: () => agent.destroy(),
  };
}
