import type { RuntimeTarget } from '../runtime-intent.js';
import type { Version } from '../version.js';
import type { KubeletFlagRule } from './flag-rule.js';
import { kubeletFlagRules } from './flag-rules.js';

const RULES: ReadonlyMap<string, KubeletFlagRule> = new Map(
  kubeletFlagRules.flatMap((rule) => [rule.flag, ...(rule.alike ?? [])].map((flag) => [flag, rule] as const)),
);

/** Booleans never take the next word as their value. */
export const BOOLEAN_DOCKERSHIM_FLAGS: ReadonlySet<string> = new Set(
  [...RULES].filter(([, rule]) => rule.isBoolean === true).map(([flag]) => flag),
);

/** Set anew, once, for the new runtime. */
export const RUNTIME_FLAGS: ReadonlySet<string> = new Set([
  'container-runtime',
  'container-runtime-endpoint',
  'image-service-endpoint',
]);

/** `--docker-…` that no rule names is one of Docker's as well: cAdvisor had more of them than any kubelet tells. */
export const ruleOf = (flag: string): KubeletFlagRule | undefined =>
  RULES.get(flag) ?? (flag.startsWith('docker-') ? RULES.get('docker') : undefined);

/** Whether a flag has to go when a kubelet leaves dockershim; the flags that choose the runtime are not asked about here. */
export function mustGo(flag: string, kubelet: Version, target: RuntimeTarget['kind'] = 'containerd'): boolean {
  const rule = ruleOf(flag);
  if (rule?.fate !== 'goes' || RUNTIME_FLAGS.has(flag)) return false;
  // With cri-dockerd Docker stays, and cAdvisor still finds its containers by these.
  if (target === 'cri-dockerd' && kubelet.minor <= 23 && /^docker(?:$|-(?!endpoint|disable|exec))/.test(flag))
    return false;
  return rule.goesFrom === undefined || kubelet.minor >= rule.goesFrom;
}
