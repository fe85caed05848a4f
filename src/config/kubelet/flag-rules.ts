import { dockershimRules } from './dockershim-rules.js';
import { flagsOfDocker } from './docker-flag-rules.js';
import { remainingRules } from './remaining-rules.js';
import { runtimeRules } from './runtime-flag-rules.js';
import type { KubeletFlagRule } from './flag-rule.js';

/** Every flag of the kubelet, 1.19 to 1.36, that concerns the runtime, and what becomes of it when the kubelet leaves Docker. */
export const kubeletFlagRules: readonly KubeletFlagRule[] = [
  ...runtimeRules,
  ...dockershimRules,
  ...flagsOfDocker,
  ...remainingRules,
];
