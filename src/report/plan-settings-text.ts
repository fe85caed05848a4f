import type { Colors } from 'picocolors/types.js';
import type { Outcome } from '../core/conversion.js';
import type { NodePlan } from '../core/plan.js';
import { outcomePaint } from './outcome-paint.js';
import { manifestTitle } from './manifest-title.js';
import { OUTCOMES_BY_WEIGHT } from './outcomes-by-weight.js';
import { printable } from './printable.js';
import { printableLines } from './printable-lines.js';
import { settingCounts } from './setting-counts.js';
import { settingValue } from './setting-value.js';
import { tableText } from './table-text.js';
import { truncateText } from './truncate-text.js';
import { wrapText } from './wrap-text.js';

const LONGEST_SETTING = 36;

/** Where a node's settings go, a line each; warnings and refusals are among the notices. */
export function planSettingsText(node: NodePlan, colors: Colors, width: number): string[] {
  const { settings, differences, manifests } = node;
  const lines: string[] = [];
  const rows = OUTCOMES_BY_WEIGHT.flatMap((outcome) =>
    settings
      .filter((setting) => setting.outcome === outcome && setting.target !== '')
      .map(({ key, value, target }) => {
        const setting = truncateText(printable(`${key} = ${settingValue(value)}`), LONGEST_SETTING);
        // The file is enough to find it among those below.
        return { outcome, cells: [outcome, setting, `→ ${printable(target.split(' ')[0] ?? '')}`] };
      }),
  );
  if (settings.length > 0) {
    lines.push(...wrapText(settingCounts(settings), width, '  '));
    const table = tableText(
      rows.map(({ cells }) => cells),
      width,
      '    ',
    );
    lines.push(...table.map((line, index) => painted(line, rows[index]?.outcome, colors)), '');
  }
  const notes = [...new Set(differences.map(({ note }) => note))];
  if (notes.length > 0) {
    lines.push('  What pods will notice:', ...notes.flatMap((note) => wrapText(note, width, '      ', '    - ')), '');
  }
  for (const manifest of manifests) {
    const { why, content } = manifest;
    lines.push(`  ${colors.bold(printable(manifestTitle(manifest)))}  ${colors.dim('for the cluster')}`);
    lines.push(...wrapText(why, width, '    '));
    lines.push(...printableLines(content).map((line) => `    ${line}`), '');
  }
  return lines;
}

function painted(line: string, outcome: Outcome | undefined, colors: Colors): string {
  if (outcome === undefined) return line;
  return line.replace(outcome, outcomePaint(outcome, colors)(outcome));
}
