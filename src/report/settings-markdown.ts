import type { Outcome, SettingAnswer } from '../core/conversion.js';
import { markdownCode } from './markdown-code.js';
import { markdownText } from './markdown-text.js';
import { OUTCOMES_BY_WEIGHT } from './outcomes-by-weight.js';
import { settingValue } from './setting-value.js';
import { truncateText } from './truncate-text.js';

const WORDS: Readonly<Record<Outcome, string>> = {
  refused: '**refused**',
  warning: '**warning**',
  converted: 'converted',
  kubelet: 'kubelet',
  systemd: 'systemd',
  'not-needed': 'not needed',
};

/** Longer values make a table that nobody reads; the file has them. */
const LONGEST_VALUE = 120;

/** The table of settings, what needs somebody first. */
export function settingsMarkdown(settings: readonly SettingAnswer[]): string[] {
  const rows = OUTCOMES_BY_WEIGHT.flatMap((outcome) => settings.filter((setting) => setting.outcome === outcome));
  return [
    '| Setting | Of | Value | Becomes | Where | Note |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map(({ source, key, value, outcome, target, note }) => {
      const code = (text: string): string => (text === '' ? '' : markdownCode(text));
      const shown = truncateText(settingValue(value), LONGEST_VALUE);
      return `| ${[code(key), code(source), code(shown), WORDS[outcome], code(target), markdownText(note)].join(' | ')} |`;
    }),
  ];
}
