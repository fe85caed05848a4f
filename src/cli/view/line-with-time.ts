import { displayWidth } from '../../report/display-width.js';
import { truncateText } from '../../report/truncate-text.js';

/** `title        12 s`, as wide as told: the title is cut where there is no room for both. */
export function lineWithTime(title: string, time: string, columns: number): string {
  const shown = truncateText(title, columns - displayWidth(time) - 2);
  return time === ''
    ? shown
    : shown + ' '.repeat(Math.max(2, columns - displayWidth(shown) - displayWidth(time))) + time;
}
