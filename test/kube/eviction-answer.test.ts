import { describe, expect, it } from 'vitest';
import { evictionAnswer } from '../../src/kube/eviction-answer.js';

const answer = (status: number, body: unknown = {}, retryAfterMs?: number) =>
  evictionAnswer({ status, body, retryAfterMs });
const budget = (message: string, retryAfterSeconds?: number) => ({
  message: "Cannot evict pod as it would violate the pod's disruption budget.",
  details: { causes: [{ reason: 'DisruptionBudget', message }], retryAfterSeconds },
});

describe('evictionAnswer', () => {
  it('reads a budget that is used up', () => {
    expect(answer(429, budget('The disruption budget web needs 2 healthy pods and has 1 currently'))).toEqual({
      outcome: 'refused',
      budget: 'web',
      because: 'needs 2 healthy pods, has 1',
      retryAfterMs: undefined,
    });
  });

  it('reads a budget whose controller lags behind', () => {
    const body = budget('The disruption budget web is still being processed by the server.', 10);
    const read = {
      outcome: 'refused',
      budget: 'web',
      because: 'is still being processed by the server.',
      retryAfterMs: 10_000,
    };
    expect(answer(429, body)).toEqual(read);
    expect(answer(429, body, 7000)).toEqual({ ...read, retryAfterMs: 7000 });
  });

  it('tells the throttling of the server from a budget', () => {
    const throttled = answer(429, { message: 'too many requests, please try again later' }, 1000);
    expect(throttled).toMatchObject({ outcome: 'refused', budget: undefined, retryAfterMs: 1000 });
  });

  it.each([
    ['created', 201, {}, 'accepted'],
    ['ok', 200, {}, 'accepted'],
    ['gone', 404, { message: 'pods "x" not found' }, 'gone'],
    ['another UID', 409, { message: 'Precondition failed: UID in precondition: a, UID in object meta: b' }, 'gone'],
    [
      'another UID, in the words of 1.21',
      409,
      { message: 'the UID in the precondition (a) does not match the UID in record (b)' },
      'gone',
    ],
    ['a conflict', 409, { message: 'the object has been modified' }, 'transient'],
    [
      'two budgets',
      500,
      { message: 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.' },
      'failed',
    ],
    ['another 500', 500, { message: 'etcdserver: request timed out' }, 'transient'],
    ['a gateway', 502, '<html>', 'transient'],
    ['unavailable', 503, {}, 'transient'],
    ['timeout', 504, {}, 'transient'],
    ['request timeout', 408, {}, 'transient'],
    [
      'a namespace that ends',
      403,
      { message: 'forbidden', details: { causes: [{ reason: 'NamespaceTerminating' }] } },
      'namespace-terminating',
    ],
    [
      'the same of an old server',
      403,
      { message: 'unable to create new content in namespace a because it is being terminated' },
      'namespace-terminating',
    ],
    ['forbidden', 403, { message: 'User "x" cannot create resource "pods/eviction"' }, 'failed'],
    ['bad request', 400, {}, 'failed'],
    ['unauthorized', 401, {}, 'failed'],
    ['unprocessable', 422, {}, 'failed'],
  ])('%s', (_name, status, body, outcome) => {
    expect(answer(status, body).outcome).toBe(outcome);
  });
});
