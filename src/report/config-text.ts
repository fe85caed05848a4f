import pc from 'picocolors';
import type { Colors } from 'picocolors/types.js';
import type { SettingAnswer } from '../core/conversion.js';
import type { Notice } from '../core/plan.js';
import { configFileText } from './config-file-text.js';
import type { ConfigReport } from './config-report.js';
import { counted } from './counted.js';
import { fileState } from './file-state.js';
import { manifestTitle } from './manifest-title.js';
import { noticeText } from './notice-text.js';
import { printable } from './printable.js';
import { printableLines } from './printable-lines.js';
import { settingCounts } from './setting-counts.js';
import { settingsText } from './settings-text.js';
import type { TextOptions } from './text-options.js';
import { wrapText } from './wrap-text.js';

export interface ConfigTextOptions extends TextOptions {
  /** Where the files were written; undefined where they were not, and their contents are shown. */
  readonly writtenTo: string | undefined;
}

/** A conversion for reading on a terminal: what is wrong, the files, the table, and what was done with it all. */
export function configText(report: ConfigReport, { color, width, writtenTo }: ConfigTextOptions): string {
  const colors = pc.createColors(color);
  const { files, settings, notices, manifests } = report;
  const apart = notices.filter((notice) => !settings.some((setting) => tells(notice, setting)));
  const fixOf = (setting: SettingAnswer): string | undefined => notices.find((notice) => tells(notice, setting))?.fix;
  const refused = notices.some(({ level }) => level !== 'warning');
  const lines = [
    headline(report, colors),
    ...wrapText(`${counted(files.length, 'file')}, ${settingCounts(settings)}`, width, '  '),
    '',
    ...noticeText(apart, colors, width),
    ...settingsText(settings, fixOf, colors, width),
    ...fileList(report, colors, width),
  ];
  if (writtenTo === undefined) for (const file of files) lines.push(...configFileText(file, colors));
  for (const manifest of manifests) {
    const { why, content } = manifest;
    lines.push(`${colors.bold(printable(manifestTitle(manifest)))}  ${colors.dim('for the cluster')}`);
    lines.push(...wrapText(why, width, '  '), ...printableLines(content).map((line) => `  ${line}`), '');
  }
  lines.push(...wrapText(closing(files.length, refused, writtenTo), width));
  return `${lines.join('\n')}\n`;
}

function headline({ from, target, kubelet }: ConfigReport, colors: Colors): string {
  const version = kubelet === '' ? '' : `   ${colors.dim(`kubelet ${printable(kubelet)}`)}`;
  return `${colors.bold(printable(from))} → ${colors.bold(printable(target))}${version}`;
}

/** A notice that says what the row of a setting says is shown with the row. */
const tells = ({ message }: Notice, { key, note, outcome }: SettingAnswer): boolean =>
  (outcome === 'warning' || outcome === 'refused') && note !== '' && message.includes(note) && message.includes(key);

function fileList({ files }: ConfigReport, colors: Colors, width: number): string[] {
  if (files.length === 0) return [];
  return [
    `${colors.bold('Files')} ${colors.dim(`(${files.length})`)}`,
    ...files.flatMap((file) => [
      `  ${printable(file.path)}  ${colors.dim(fileState(file))}`,
      ...(file.why === '' ? [] : wrapText(file.why, width, '      ')),
    ]),
    '',
  ];
}

function closing(files: number, refused: boolean, writtenTo: string | undefined): string {
  if (refused) return 'Refused: nothing was written. Clear what blocks, and convert again.';
  if (files === 0) return 'There is nothing to write.';
  if (writtenTo === undefined) return 'Nothing was written: -o DIR writes the files there.';
  return `${counted(files, 'file')} written under ${printable(writtenTo)}.`;
}
