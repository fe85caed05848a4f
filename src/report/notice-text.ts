import type { Colors } from 'picocolors/types.js';
import type { Notice } from '../core/plan.js';
import { printable } from './printable.js';
import { wrapText } from './wrap-text.js';

const ORDER: readonly Notice['level'][] = ['blocker', 'undecided', 'warning'];

/** Blockers first, then what could not be decided, then warnings, each with what to do about it. */
export function noticeText(notices: readonly Notice[], colors: Colors, width: number): string[] {
  const paint = { blocker: colors.red, undecided: colors.magenta, warning: colors.yellow };
  return ORDER.flatMap((level) =>
    notices
      .filter((notice) => notice.level === level)
      .flatMap((notice) => [
        `  ${colors.bold(paint[level](level))}  ${printable(notice.gate)}`,
        ...wrapText(notice.message, width, '      '),
        ...(notice.fix === '' ? [] : wrapText(notice.fix, width, '          ', '      do: ')),
        '',
      ]),
  );
}
