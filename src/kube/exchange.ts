import http from 'node:http';
import https from 'node:https';
import type { ApiAnswer, ApiCall } from './api-call.js';

const DEFAULT_TIMEOUT_MS = 30_000;

/** Sends one request and reads its answer. Errors are Node's own, `ETIMEDOUT` for the deadline. */
export async function exchange(server: string, call: ApiCall, options: https.RequestOptions): Promise<ApiAnswer> {
  try {
    return await attempt(server, call, options);
  } catch (error) {
    // A kept connection that the server closed meanwhile. None of these calls does harm when it arrives twice, but an
    // eviction's caller wants to look again first.
    if (call.method === 'POST' || !(error as { staleConnection?: boolean }).staleConnection) throw error;
    return await attempt(server, call, options);
  }
}

async function attempt(server: string, call: ApiCall, options: https.RequestOptions): Promise<ApiAnswer> {
  const url = new URL(server + call.path);
  for (const [key, value] of Object.entries(call.query ?? {})) url.searchParams.set(key, value);
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  const timeoutMs = call.timeoutMs ?? DEFAULT_TIMEOUT_MS;

  return await new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      ...options,
      method: call.method,
      headers: {
        ...options.headers,
        accept: 'application/json',
        'user-agent': 'dockershim-migrate',
        ...(body === undefined
          ? {}
          : {
              'content-type': call.method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
              'content-length': Buffer.byteLength(body),
            }),
      },
    });
    const timer = setTimeout(() => request.destroy(timedOut(timeoutMs)), timeoutMs);
    let answered = false;
    const fail = (error: Error): void => {
      clearTimeout(timer);
      const stale = request.reusedSocket && !answered && (error as NodeJS.ErrnoException).code === 'ECONNRESET';
      reject(stale ? Object.assign(error, { staleConnection: true }) : error);
    };
    request.on('error', fail);
    request.on('response', (response) => {
      answered = true;
      // Joined as texts: for a page of pods, buffers outside of the heap would wait long for a collection.
      const chunks: string[] = [];
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => chunks.push(chunk));
      response.on('error', fail);
      response.on('end', () => {
        clearTimeout(timer);
        const status = response.statusCode ?? 0;
        resolve({
          status,
          retryAfterMs: retryAfterMs(response.headers['retry-after']),
          body: bodyOf(chunks.join(''), call.asText === true && status === 200),
        });
      });
    });
    request.end(body);
  });
}

const bodyOf = (text: string, asText: boolean): unknown => (asText ? text : parse(text));

/** Proxies and load balancers answer in HTML: kept as a Status would say it. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { message: text.trim().split('\n')[0]?.slice(0, 200) ?? '', notJson: true };
  }
}

const retryAfterMs = (header: string | undefined): number | undefined =>
  header !== undefined && /^\d+$/.test(header) ? Number(header) * 1000 : undefined;

const timedOut = (timeoutMs: number): Error =>
  Object.assign(new Error(`no answer within ${timeoutMs / 1000} s`), { code: 'ETIMEDOUT' });
