import { kinds } from './setting-kinds.js';
import type { AnySettingRule, SettingDoc, SettingReading, SettingRule } from './setting-rule.js';

const doc: SettingDoc = { outcome: 'not-needed', becomes: 'nothing; refused where the node is in a swarm' };

interface Swarm extends Pick<AnySettingRule, 'key' | 'what' | 'type' | 'fromFlags'> {
  readonly flags?: readonly string[];
  readonly until?: string;
}

const swarmRule = (rule: Swarm): SettingRule<unknown> => ({
  flags: [rule.key],
  ...rule,
  docs: { containerd: doc, crio: doc },
  why: 'Swarm needs Docker. Its services are not pods, and nothing else would run them.',
  read: (value, { docker }): readonly SettingReading[] => [
    docker === undefined || docker.swarmState === 'inactive' || docker.swarmState === ''
      ? { part: '', value, outcome: 'not-needed', target: '', note: 'the node is in no swarm' }
      : {
          ...{ part: '', value, outcome: 'refused', target: '' },
          note: `the node is in a swarm (${docker.swarmState}), whose services need Docker`,
          fix: 'move its services elsewhere and let the node leave the swarm',
        },
  ],
});

/** Swarm, and the stores that its forerunner used. */
export const swarmRules: readonly AnySettingRule[] = [
  swarmRule({ key: 'swarm-default-advertise-addr', ...kinds.text, what: "the node's address in a swarm" }),
  swarmRule({ key: 'swarm-raft-heartbeat-tick', ...kinds.integer, what: 'how often managers show that they live' }),
  swarmRule({ key: 'swarm-raft-election-tick', ...kinds.integer, what: 'when managers elect another leader' }),
  swarmRule({ key: 'cluster-store', ...kinds.text, until: '23.0', what: 'a store for networks between nodes' }),
  swarmRule({ key: 'cluster-advertise', ...kinds.text, until: '23.0', what: "the node's address in that store" }),
  swarmRule({
    key: 'cluster-store-opts',
    flags: ['cluster-store-opt'],
    ...kinds.texts,
    until: '23.0',
    what: 'options of that store',
  }),
];
