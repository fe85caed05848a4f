import type { SettingAnswer } from '../../core/conversion.js';
import type { Notice } from '../../core/plan.js';
import type { DockerSetting } from '../docker/docker-setting.js';
import type { RuntimeIntent } from '../runtime-intent.js';
import { settingRules } from './index.js';
import type { SettingContext, SettingReading } from './setting-rule.js';
import { settingReadings } from './setting-readings.js';

export interface SettingsRead {
  readonly intent: RuntimeIntent;
  /** At least one for every setting, in their order. */
  readonly answers: readonly SettingAnswer[];
  /** For each warning and each refusal among them. */
  readonly notices: readonly Notice[];
}

interface Read {
  readonly setting: DockerSetting;
  readonly reading: SettingReading;
}

/** What becomes of everything that dockerd is told; `intent` is what is known of the node without it. */
export function readSettings(
  settings: readonly DockerSetting[],
  context: SettingContext,
  intent: RuntimeIntent,
): SettingsRead {
  const read = settings.flatMap((setting): readonly Read[] =>
    settingReadings(setting, settingRules, context).map((reading) => ({ setting, reading })),
  );
  const patched = read.reduce((before, { reading }) => reading.intent?.(before) ?? before, intent);
  const checked = read.map((one) => ({ ...one, reading: withHandler(one, patched) }));
  const kept = checked.every(({ reading }, at) => reading === read[at]?.reading);
  return {
    intent: kept ? patched : { ...patched, defaultRuntime: intent.defaultRuntime },
    answers: checked.map(({ setting, reading }) => answerOf(setting, reading)),
    notices: checked.flatMap(({ setting, reading }) => noticesOf(setting, reading)),
  };
}

/** Whether there is a default runtime of that name is known once all runtimes are: the new runtime does not start without. */
function withHandler({ setting, reading }: Read, { defaultRuntime, handlers }: RuntimeIntent): SettingReading {
  if (setting.key !== 'default-runtime' || reading.outcome !== 'converted') return reading;
  if (defaultRuntime === 'runc' || handlers.some(({ name }) => name === defaultRuntime)) return reading;
  return {
    ...{ part: reading.part, value: reading.value, outcome: 'refused', target: '' },
    note: `there is no runtime ${defaultRuntime} among runtimes, and neither dockerd nor the new runtime starts so`,
    fix: `add ${defaultRuntime} to runtimes, or name another default`,
  };
}

const answerOf = ({ source, key }: DockerSetting, reading: SettingReading): SettingAnswer => ({
  source,
  key: `${key}${reading.part}`,
  value: reading.value,
  outcome: reading.outcome,
  target: reading.target,
  note: reading.note,
});

function noticesOf(setting: DockerSetting, reading: SettingReading): readonly Notice[] {
  const { outcome, part, note, fix } = reading;
  // A notice said it where the files were read.
  if ((outcome !== 'warning' && outcome !== 'refused') || setting.refused !== undefined) return [];
  const line = setting.line === undefined ? '' : `, line ${setting.line}`;
  return [
    {
      gate: 'daemon-json',
      level: outcome === 'refused' ? 'blocker' : 'warning',
      message: `${setting.key}${part} of ${setting.source}${line}: ${note}`,
      fix: fix ?? 'see whether pods depend on it',
    },
  ];
}
