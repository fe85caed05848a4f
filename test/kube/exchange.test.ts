import http from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ApiCall } from '../../src/kube/api-call.js';
import { exchange } from '../../src/kube/exchange.js';
import { fakeApiServer, type FakeApi } from '../fakes/api-server.js';

const call: ApiCall = { method: 'GET', path: '/version', action: 'get /version', subject: '', timeoutMs: 250 };

async function server(): Promise<FakeApi> {
  const api = await fakeApiServer();
  onTestFinished(async () => await api.close());
  return api;
}

describe('exchange', () => {
  it.each(['hang', 'stall'] as const)('gives up on a server that does %s', async (misbehaviour) => {
    const api = await server();
    api.intercept(() => misbehaviour);
    await expect(exchange(api.url, call, {})).rejects.toMatchObject({
      code: 'ETIMEDOUT',
      message: 'no answer within 0.25 s',
    });
  });

  it('reads Retry-After in seconds', async () => {
    const api = await server();
    api.intercept(() => ({ status: 429, body: {}, headers: { 'retry-after': '7' } }));
    expect(await exchange(api.url, call, {})).toMatchObject({ status: 429, retryAfterMs: 7000 });
  });

  it('keeps what is no JSON as a message', async () => {
    const api = await server();
    api.intercept(() => ({ status: 502, body: 'Bad Gateway\nmore' }));
    expect(await exchange(api.url, call, {})).toMatchObject({ status: 502, body: { message: 'Bad Gateway' } });
  });

  it('tries once more when a kept connection turns out to be closed, but not for a POST', async () => {
    const api = await server();
    const agent = new http.Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    let drops = 0;
    api.intercept(() => (drops-- > 0 ? 'drop' : undefined));
    const patient = { ...call, timeoutMs: 10_000 };
    await exchange(api.url, patient, { agent });
    drops = 1;
    expect(await exchange(api.url, patient, { agent })).toMatchObject({ status: 200 });
    expect(api.requests).toHaveLength(3);
    drops = 1;
    await expect(exchange(api.url, { ...patient, method: 'POST' }, { agent })).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    // A new connection that is cut is no stale one.
    drops = 1;
    await expect(exchange(api.url, patient, {})).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(api.requests).toHaveLength(5);
  });
});
