import type { Severity } from '../../core/finding.js';
import type { Scene } from '../rule.js';
import { keyFate, type DaemonOutcome, type KeyFate } from './daemon-key.js';
import { listed } from './listed.js';
import { targetRuntime } from './target-runtime.js';

export interface DaemonVerdict {
  readonly message: string;
  readonly severity: Severity;
  readonly fix: string;
  /** The setting that matters most, as written. */
  readonly worst: string;
  /** Nothing of it means anything to pods. */
  readonly moot: boolean;
}

const RANK: Readonly<Record<Severity, number>> = { error: 2, warning: 1, note: 0 };

const SAYS: readonly (readonly [DaemonOutcome, string])[] = [
  ['stops', 'in the way of a conversion'],
  ['lost', 'lost'],
  ['kubelet', 'for the kubelet to do'],
  ['carried', 'carried over where a node is converted'],
  ['moot', 'without meaning for pods'],
];

/** What becomes of the settings of a Docker daemon, by key; undefined when there are none, or when Docker stays. */
export function daemonVerdict(
  settings: Readonly<Record<string, unknown>>,
  where: string,
  { target }: Scene,
): DaemonVerdict | undefined {
  if (target === 'cri-dockerd') return undefined;
  const fates = Object.entries(settings).map(([key, value]) => ({ key, ...keyFate(key.toLowerCase(), value, target) }));
  const [first, ...others] = fates;
  if (first === undefined) return undefined;
  const weight = ({ severity, outcome }: KeyFate): number =>
    RANK[severity] * 2 + (outcome === 'lost' || outcome === 'stops' ? 1 : 0);
  const worst = others.reduce((a, b) => (weight(b) > weight(a) ? b : a), first);
  const { name } = targetRuntime(target);
  const groups = SAYS.flatMap(([outcome, says]) => {
    const keys = fates.filter((fate) => fate.outcome === outcome).map(({ key }) => key);
    return keys.length === 0 ? [] : [`${says}: ${listed(keys)}`];
  });
  const advice = fates.flatMap((fate) => (fate.advice === undefined ? [] : [`${fate.key}: ${fate.advice}`]));
  return {
    message: `Of ${where}, ${name} reads none; ${groups.join('; ')}.`,
    severity: worst.severity,
    fix: advice.length === 0 ? 'Nothing is to be done; they can go with Docker.' : `${advice.join('; ')}.`,
    worst: worst.key,
    moot: fates.every(({ outcome }) => outcome === 'moot'),
  };
}
