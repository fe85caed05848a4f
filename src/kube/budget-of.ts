import { z } from 'zod';
import type { DisruptionBudget } from '../core/cluster-objects.js';
import { lenient } from './lenient.js';
import { parseObject } from './parse-object.js';

const amount = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? undefined : String(value)));

const schema = z.object({
  metadata: z.object({ namespace: lenient.text, name: z.string(), generation: lenient.number }),
  spec: lenient.object({
    minAvailable: amount,
    maxUnavailable: amount,
    unhealthyPodEvictionPolicy: z.enum(['IfHealthyBudget', 'AlwaysAllow']).nullish().catch(undefined),
    selector: z
      .object({
        matchLabels: lenient.texts,
        matchExpressions: lenient.list(
          z.object({
            key: z.string(),
            operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
            values: lenient.strings,
          }),
        ),
      })
      .nullish()
      .transform((value) => value ?? undefined),
  }),
  status: lenient.object({
    observedGeneration: lenient.number,
    disruptionsAllowed: lenient.number,
    currentHealthy: lenient.number,
    desiredHealthy: lenient.number,
    expectedPods: lenient.number,
  }),
});

/** A PodDisruptionBudget; both versions look the same, what their empty selectors mean does not. */
export function budgetOf(raw: unknown, apiVersion: DisruptionBudget['apiVersion']): DisruptionBudget {
  const { metadata, spec, status } = parseObject(schema, raw, 'PodDisruptionBudget');
  return {
    namespace: metadata.namespace,
    name: metadata.name,
    apiVersion,
    selector: spec.selector,
    minAvailable: spec.minAvailable,
    maxUnavailable: spec.maxUnavailable,
    disruptionsAllowed: status.disruptionsAllowed,
    currentHealthy: status.currentHealthy,
    desiredHealthy: status.desiredHealthy,
    expectedPods: status.expectedPods,
    upToDate: status.observedGeneration >= metadata.generation,
    ...(spec.unhealthyPodEvictionPolicy ? { unhealthyPodEvictionPolicy: spec.unhealthyPodEvictionPolicy } : {}),
  };
}
