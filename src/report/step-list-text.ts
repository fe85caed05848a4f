import type { Colors } from 'picocolors/types.js';
import type { PhaseSpec } from '../core/plan.js';
import { printable } from './printable.js';
import { wrapText } from './wrap-text.js';

/** The steps, numbered through, under their phases. Guarded phases are those in which the kubelet is down. */
export function stepListText(phases: readonly PhaseSpec[], colors: Colors, width: number): string[] {
  const lines: string[] = [];
  let number = 0;
  const digits = String(phases.reduce((total, phase) => total + phase.steps.length, 0)).length;
  for (const phase of phases) {
    const mark = phase.guarded ? `  ${colors.magenta('[dark]')}` : '';
    lines.push(`  ${colors.bold(printable(phase.name))}  ${printable(phase.title)}${mark}`);
    for (const step of phase.steps) {
      number += 1;
      const first = `    ${String(number).padStart(digits)}. `;
      lines.push(...wrapText(printable(step.title), width, ' '.repeat(first.length), first));
    }
  }
  if (phases.some((phase) => phase.guarded)) {
    const legend =
      'From the stop of the kubelet until the node is Ready again it is dark. If this end falls silent meanwhile, the node puts itself back.';
    lines.push('', ...wrapText(legend, width, '         ', `  ${colors.magenta('[dark]')} `));
  }
  return lines;
}
