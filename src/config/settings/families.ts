import { apiRules } from './api-rules.js';
import { deviceRules } from './device-rules.js';
import { loggingRules } from './logging-rules.js';
import { networkRules } from './network-rules.js';
import { registryRules } from './registry-rules.js';
import { runtimeRules } from './runtime-rules.js';
import { runtimesRule } from './runtimes-rule.js';
import { securityRules } from './security-rules.js';
import type { AnySettingRule } from './setting-rule.js';
import { storageRules } from './storage-rules.js';
import { swarmRules } from './swarm-rules.js';
import { ulimitsRule } from './ulimits-rule.js';

/** Rules by what they are about, with a heading for each. */
export const settingFamilies: readonly { readonly title: string; readonly rules: readonly AnySettingRule[] }[] = [
  { title: 'How containers are run', rules: [...runtimeRules, runtimesRule, ulimitsRule] },
  { title: 'What containers may do', rules: securityRules },
  { title: 'Devices', rules: deviceRules },
  { title: 'Storage', rules: storageRules },
  { title: 'Images and registries', rules: registryRules },
  { title: 'Logs and metrics', rules: loggingRules },
  { title: 'The daemon and its API', rules: apiRules },
  { title: 'Swarm', rules: swarmRules },
  { title: "Docker's own networks", rules: networkRules },
];
