import { settingReadings } from '../../config/settings/setting-readings.js';
import { settingRules } from '../../config/settings/index.js';
import type { SettingReading } from '../../config/settings/setting-rule.js';
import type { Outcome } from '../../core/conversion.js';
import type { Severity } from '../../core/finding.js';
import type { TargetRuntime } from '../../core/scan-report.js';

/**
 * What becomes of a setting of dockerd under another runtime. `carried`: a conversion of the node carries it over, and where
 * nodes are made anew someone has to. `kubelet`: the same, to the kubelet's configuration. `lost`: nothing does it any more.
 * `stops`: no node is converted with it. `moot`: it never meant anything to pods on a CNI network.
 */
export type DaemonOutcome = 'carried' | 'kubelet' | 'lost' | 'stops' | 'moot';

export interface KeyFate {
  readonly outcome: DaemonOutcome;
  readonly severity: Severity;
  /** What to do, beginning with a verb; undefined where nothing is to be done. */
  readonly advice?: string;
}

const OUTCOMES: Readonly<Record<Outcome, DaemonOutcome>> = {
  converted: 'carried',
  systemd: 'carried',
  kubelet: 'kubelet',
  warning: 'lost',
  'not-needed': 'moot',
  refused: 'stops',
};

const RANK: readonly DaemonOutcome[] = ['moot', 'carried', 'kubelet', 'lost', 'stops'];

/** Where pods fail, or are less confined, when nobody does anything about it. */
const GRAVE_IF_LOST: ReadonlySet<string> = new Set([
  ...['log-driver', 'hosts', 'no-new-privileges', 'authorization-plugins', 'insecure-registries'],
]);

/** Nodes work without it as well. */
const SLIGHT: ReadonlySet<string> = new Set([
  ...[
    'exec-opts',
    'storage-driver',
    'max-concurrent-downloads',
    'log-level',
    'debug',
    'log-format',
    'oom-score-adjust',
  ],
]);

/** Those that other programs do not have. */
const DISTINCT: ReadonlySet<string> = new Set([
  ...['registry-mirrors', 'insecure-registries', 'exec-opts', 'storage-driver', 'storage-opts', 'data-root'],
  ...['log-driver', 'log-opts', 'live-restore', 'default-runtime', 'default-ulimits', 'default-address-pools'],
  ...['userns-remap', 'fixed-cidr', 'authorization-plugins', 'max-concurrent-downloads', 'max-concurrent-uploads'],
  ...['cgroup-parent', 'exec-root', 'userland-proxy', 'selinux-enabled', 'seccomp-profile', 'no-new-privileges'],
  ...['default-shm-size', 'node-generic-resources', 'default-cgroupns-mode', 'default-ipc-mode'],
]);

/** Which files are written for a node depends on it in details alone; what is scanned here says no version. */
const NEWEST = {
  containerd: { major: 2, minor: 1, patch: 0, preRelease: undefined },
  crio: { major: 1, minor: 35, patch: 0, preRelease: undefined },
} as const;

/** Whether dockerd has a setting of this name. */
export const isDaemonKey = (key: string): boolean => settingRules.some((rule) => rule.key === key);

/** Whether nothing but dockerd has a setting of this name. */
export const isDistinctDaemonKey = (key: string): boolean => DISTINCT.has(key);

/** @param key in lower case, as daemon.json spells it */
export function keyFate(key: string, value: unknown, target: Exclude<TargetRuntime, 'cri-dockerd'>): KeyFate {
  const readings = readingsOf(key, value, target);
  const ranked = readings.map((reading) => ({ reading, outcome: OUTCOMES[reading.outcome] }));
  const outcome = RANK.findLast((one) => ranked.some((reading) => reading.outcome === one)) ?? 'moot';
  const advice = ranked.flatMap((one) => (one.outcome === 'moot' ? [] : (adviceOf(one.reading) ?? [])));
  const severity = severityOf(key, outcome);
  return advice.length === 0 ? { outcome, severity } : { outcome, severity, advice: [...new Set(advice)].join('; ') };
}

/** Texts hold templates and variables in the place of values, of which no type is known: there the key alone counts. */
function readingsOf(key: string, value: unknown, target: keyof typeof NEWEST): readonly SettingReading[] {
  const rule = settingRules.find((one) => one.key === key);
  const empty = value === null || (typeof value === 'object' && Object.keys(value).length === 0);
  if (rule !== undefined && !empty && !rule.type.safeParse(value).success) {
    const { outcome, becomes } = rule.docs[target];
    const base = { part: '', value, outcome, target: '', note: becomes };
    return [outcome === 'not-needed' ? base : { ...base, fix: `see what becomes of it (${becomes})` }];
  }
  return settingReadings({ key, value }, settingRules, {
    target: { kind: target, version: NEWEST[target] },
    ...{ kubelet: undefined, networkPlugin: 'cni', sharesContainerd: false, docker: undefined, files: {} },
  });
}

function adviceOf({ outcome, part, target, fix }: SettingReading): string | undefined {
  if (fix !== undefined) return fix;
  if (target === '') return undefined;
  const what = part === '' ? '' : `${part.slice(1)}: `;
  return outcome === 'kubelet'
    ? `${what}set it in the ${target} where \`migrate\` does not`
    : `${what}write it to ${target} where \`migrate\` does not`;
}

function severityOf(key: string, outcome: DaemonOutcome): Severity {
  if (outcome === 'stops') return 'error';
  if (outcome === 'moot' || SLIGHT.has(key)) return 'note';
  return outcome === 'lost' && GRAVE_IF_LOST.has(key) ? 'error' : 'warning';
}
