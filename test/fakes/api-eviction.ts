import type { ApiObject } from './api-objects.js';
import type { FakeAnswer, FakeApi } from './api-server.js';

interface Budget extends ApiObject {
  spec: { selector: { matchLabels: Record<string, string> } };
  status: { disruptionsAllowed: number; currentHealthy: number; desiredHealthy: number };
}

interface EvictionBody {
  readonly deleteOptions?: { readonly preconditions?: { readonly uid?: string } };
}

const failure = (code: number, message: string, details: object = {}): FakeAnswer => ({
  status: code,
  body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, message, details },
});

/** The eviction subresource: budgets are looked at, and an evicted pod is gone at once. */
export function fakeEviction(key: string, body: unknown, objects: FakeApi['objects']): FakeAnswer {
  const pod = objects.pods?.get(key);
  if (pod === undefined) return failure(404, `pods "${key}" not found`);
  const { namespace, labels = {} } = pod.metadata as { namespace: string; labels?: Record<string, string> };
  const own = [...(objects.poddisruptionbudgets?.values() ?? [])].filter(
    (budget): budget is Budget =>
      budget.metadata.namespace === namespace &&
      Object.entries((budget as Budget).spec.selector.matchLabels).every(([name, value]) => labels[name] === value),
  );
  if (own.length > 1)
    return failure(
      500,
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    );
  const budget = own[0];
  if (budget !== undefined) {
    const { disruptionsAllowed, desiredHealthy, currentHealthy } = budget.status;
    if (disruptionsAllowed <= 0) {
      const message = `The disruption budget ${budget.metadata.name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`;
      return failure(429, "Cannot evict pod as it would violate the pod's disruption budget.", {
        causes: [{ reason: 'DisruptionBudget', message }],
      });
    }
    budget.status = { ...budget.status, disruptionsAllowed: disruptionsAllowed - 1 };
  }
  const wanted = (body as EvictionBody).deleteOptions?.preconditions?.uid;
  if (wanted !== undefined && wanted !== pod.metadata.uid) {
    return failure(
      409,
      `Operation cannot be fulfilled on Pod "${key}": the UID in the precondition (${wanted}) does not match the UID in record (${pod.metadata.uid})`,
    );
  }
  objects.pods?.delete(key);
  return { status: 201, body: { kind: 'Status', status: 'Success' } };
}
