import type { ParityDifference, ParityReport } from '../core/parity.js';
import { counted } from './counted.js';
import { printable } from './printable.js';
import { truncateText } from './truncate-text.js';
import { wrapText } from './wrap-text.js';

const VALUE_WIDTH = 60;

/** How containers of the new runtime compare with Docker's: one sentence, and a line for each difference. */
export function parityText(report: ParityReport, width: number): string[] {
  const { announced, unannounced, unproved } = report;
  if (unproved !== null) return wrapText(`Containers were not compared: ${printable(unproved)}`, width, '  ');
  return [
    ...wrapText(summary(report), width, '  '),
    ...unannounced.flatMap((one) => differenceLines('!', one, width)),
    ...announced.flatMap((one) => differenceLines('-', one, width)),
  ];
}

function summary({ compared, announced, unannounced }: ParityReport): string {
  const what = `Containers before and after are the same in ${compared - announced.length - unannounced.length} of ${counted(compared, 'aspect')}`;
  if (announced.length + unannounced.length === 0) return `${what}.`;
  const told = `${counted(announced.length, 'difference')} as the plan said`;
  return unannounced.length === 0
    ? `${what}; ${told}:`
    : `${what}; ${told}, ${unannounced.length} that it did not say:`;
}

const differenceLines = (mark: string, { aspect, before, after }: ParityDifference, width: number): string[] =>
  wrapText(`${printable(aspect)}: ${value(before)} → ${value(after)}`, width, '      ', `    ${mark} `);

const value = (text: string): string => truncateText(printable(text), VALUE_WIDTH);
