import type { ConfigReport } from './config-report.js';
import { counted } from './counted.js';
import { fileState } from './file-state.js';
import { markdownCode } from './markdown-code.js';
import { markdownFence } from './markdown-fence.js';
import { markdownFolded } from './markdown-folded.js';
import { markdownManifests } from './markdown-manifests.js';
import { markdownNotices } from './markdown-notices.js';
import { markdownText } from './markdown-text.js';
import { printableLines } from './printable-lines.js';
import { settingCounts } from './setting-counts.js';
import { settingsMarkdown } from './settings-markdown.js';

/** A conversion for a pull request: what is wrong and the table in the open, the files folded. */
export function configMarkdown({ from, target, kubelet, files, settings, notices, manifests }: ConfigReport): string {
  const refusals = notices.filter(({ level }) => level !== 'warning');
  const warnings = notices.filter(({ level }) => level === 'warning');
  const version = kubelet === '' ? '' : `, kubelet ${markdownCode(kubelet)}`;
  const lines = [
    `# ${markdownText(from)} to ${markdownText(target)}`,
    '',
    `${counted(files.length, 'file')}, ${settingCounts(settings)}${version}.`,
    '',
    ...section('Refusals', markdownNotices(refusals)),
    ...section('Warnings', markdownNotices(warnings)),
    ...section('Settings', settings.length === 0 ? [] : settingsMarkdown(settings)),
    ...section(
      'Files',
      files.flatMap((file) =>
        markdownFolded({
          name: file.path,
          state: fileState(file),
          why: file.why,
          body: markdownFence(printableLines(file.content)),
        }),
      ),
    ),
    ...section('For the cluster', markdownManifests(manifests, 'where the cluster has none')),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

const section = (title: string, body: readonly string[]): string[] =>
  body.length === 0 ? [] : [`## ${title}`, '', ...(body.at(-1) === '' ? body : [...body, ''])];
