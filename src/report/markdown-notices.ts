import type { Notice } from '../core/plan.js';
import { markdownText } from './markdown-text.js';

/** Notices as a list, each with what to do about it. */
export const markdownNotices = (notices: readonly Notice[]): string[] =>
  notices.flatMap(({ gate, message, fix }) => [
    `- **${markdownText(gate)}**: ${markdownText(message)}`,
    ...(fix === '' ? [] : [`  - Do: ${markdownText(fix)}`]),
  ]);
