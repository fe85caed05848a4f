import { countText } from './count-text.js';

/** A piece of a document that is kept or left out as a whole. */
export interface Block {
  readonly text: string;
  /** Findings in it. */
  readonly findings: number;
}

const bytes = (text: string): number => Buffer.byteLength(text);

/** The blocks from the first on as far as they fit, and how many findings are left out. */
export function fittingBlocks(blocks: readonly Block[], maxBytes: number): string {
  const whole = trimmed(blocks.map(({ text }) => text).join(''));
  if (bytes(whole) <= maxBytes) return whole;
  const all = blocks.reduce((sum, { findings }) => sum + findings, 0);
  const room = maxBytes - bytes(leftOut(all, maxBytes));
  let kept = '';
  let used = 0;
  let shown = 0;
  for (const { text, findings } of blocks) {
    used += bytes(text);
    if (used > room) break;
    kept += text;
    shown += findings;
  }
  return kept + leftOut(all - shown, maxBytes);
}

const leftOut = (findings: number, maxBytes: number): string =>
  `**${countText(findings, 'finding is', 'findings are')} left out here to stay below ${countText(maxBytes, 'byte')}.** Other formats have them all.\n`;

const trimmed = (text: string): string => `${text.trimEnd()}\n`;
