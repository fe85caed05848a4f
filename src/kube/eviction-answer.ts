import type { EvictionAnswer } from '../core/ports.js';
import type { ApiAnswer } from './api-call.js';
import { statusOf } from './status-of.js';

/** What the eviction subresource means by its answer. */
export function evictionAnswer(answer: ApiAnswer): EvictionAnswer {
  const { status } = answer;
  if (status >= 200 && status < 300) return { outcome: 'accepted' };
  const { message, details } = statusOf(answer.body);
  const because = `${status} ${message}`.trim();
  const causedBy = (reason: string): boolean => details.causes.some((cause) => cause.reason === reason);

  switch (status) {
    case 404:
      return { outcome: 'gone' };
    case 409:
      // Another pod has taken the name since: the one we meant is no more.
      return /UID in (the )?precondition/.test(message) ? { outcome: 'gone' } : { outcome: 'transient', because };
    case 429:
      return refused(answer, because);
    case 403:
      // Before 1.18 there is no cause, only the sentence.
      if (causedBy('NamespaceTerminating') || /because it is being terminated/.test(message)) {
        return { outcome: 'namespace-terminating', because: message };
      }
      return { outcome: 'failed', because: `the API server forbids "create pods/eviction": ${message}` };
    case 500:
      if (/more than one PodDisruptionBudget/.test(message))
        return {
          outcome: 'failed',
          because: 'more than one PodDisruptionBudget selects it, which evictions do not support',
        };
      return { outcome: 'transient', because };
    default:
      return status === 408 || status > 500 ? { outcome: 'transient', because } : { outcome: 'failed', because };
  }
}

function refused({ body, retryAfterMs }: ApiAnswer, because: string): EvictionAnswer {
  const { details } = statusOf(body);
  // 10 s when the budget's controller lags behind; a budget that is used up gives no time, or 0.
  const afterMs = retryAfterMs ?? details.retryAfterSeconds * 1000;
  const cause = details.causes.find(({ reason }) => reason === 'DisruptionBudget')?.message;
  const [, budget, rest] = /^The disruption budget (\S+) (.*)$/.exec(cause ?? '') ?? [];
  const [, needs, has] = /^needs (\d+) healthy pods and has (\d+) currently/.exec(rest ?? '') ?? [];
  return {
    outcome: 'refused',
    because: needs === undefined ? (rest ?? cause ?? because) : `needs ${needs} healthy pods, has ${has}`,
    budget,
    retryAfterMs: afterMs > 0 ? afterMs : undefined,
  };
}
