import type { Colors } from 'picocolors/types.js';
import type { Outcome, SettingAnswer } from '../core/conversion.js';
import { printable } from './printable.js';
import { outcomePaint } from './outcome-paint.js';
import { OUTCOMES_BY_WEIGHT } from './outcomes-by-weight.js';
import { settingValue } from './setting-value.js';
import { truncateText } from './truncate-text.js';
import { wrapText } from './wrap-text.js';

const HEADINGS: Readonly<Record<Outcome, string>> = {
  refused: 'Refused',
  warning: 'With a warning: not, or not fully, carried over',
  converted: "Converted to the new runtime's configuration",
  kubelet: 'Handed to the kubelet',
  systemd: 'Handed to systemd',
  'not-needed': 'Not needed any more',
};

/** What to do about a setting, where there is something to do. */
export type FixOf = (setting: SettingAnswer) => string | undefined;

/** The table of settings in full: by what becomes of them, and by the file that says them. */
export function settingsText(
  settings: readonly SettingAnswer[],
  fixOf: FixOf,
  colors: Colors,
  width: number,
): string[] {
  return OUTCOMES_BY_WEIGHT.flatMap((outcome) => {
    const group = settings.filter((setting) => setting.outcome === outcome);
    if (group.length === 0) return [];
    const paint = outcomePaint(outcome, colors);
    const sources = [...new Set(group.map(({ source }) => source))];
    return [
      `${colors.bold(paint(HEADINGS[outcome]))} ${colors.dim(`(${group.length})`)}`,
      ...sources.flatMap((source) => [
        `  ${colors.dim(printable(source))}`,
        ...group
          .filter((setting) => setting.source === source)
          .flatMap((setting) => settingLines(setting, fixOf(setting), colors, width)),
      ]),
      '',
    ];
  });
}

function settingLines(
  { key, value, target, note }: SettingAnswer,
  fix: string | undefined,
  colors: Colors,
  width: number,
): string[] {
  const name = `    ${printable(key)}`;
  // A key that says as much as its value needs no value: `LimitNOFILE` does, a certificate's name does not.
  const shown = value === undefined ? '' : ` = ${printable(settingValue(value))}`;
  const room = Math.max(16, width - name.length);
  return [
    colors.bold(name) + truncateText(shown, room),
    ...(target === '' ? [] : wrapText(target, width, '        ', '      → ')),
    ...(note === '' ? [] : wrapText(note, width, '        ')),
    ...(fix === undefined || fix === '' ? [] : wrapText(fix, width, '            ', '        do: ')),
  ];
}
