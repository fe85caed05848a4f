import { z } from 'zod';
import type { ContainerSecurity } from '../core/cluster-objects.js';
import { lenient } from './lenient.js';

const seccompProfile = z.object({ type: lenient.maybeText }).nullish();
const maybe = <S extends z.ZodType>(schema: S) => schema.nullish().transform((value) => value ?? undefined);

/** A pod's `securityContext`, as far as its containers inherit it. */
export const podSecurityContext = lenient.object({
  runAsUser: maybe(z.number()),
  runAsNonRoot: maybe(z.boolean()),
  seccompProfile,
});

/** A container's own, which counts more. */
export const containerSecurityContext = lenient.object({
  privileged: lenient.flag,
  runAsUser: maybe(z.number()),
  runAsNonRoot: maybe(z.boolean()),
  capabilities: lenient.object({ add: lenient.strings, drop: lenient.strings }),
  seccompProfile,
});

export function containerSecurityOf(
  name: string,
  own: z.infer<typeof containerSecurityContext>,
  ofPod: z.infer<typeof podSecurityContext>,
): ContainerSecurity {
  return {
    name,
    privileged: own.privileged,
    runAsUser: own.runAsUser ?? ofPod.runAsUser,
    runAsNonRoot: own.runAsNonRoot ?? ofPod.runAsNonRoot ?? false,
    adds: own.capabilities.add,
    drops: own.capabilities.drop,
    seccomp: own.seccompProfile?.type ?? ofPod.seccompProfile?.type,
  };
}
