import type { FileFacts } from '../core/inventory.js';

/** Whether the content of a file's facts is the file's, and no note on what is no text or too long. */
export const isWholeFile = (file: FileFacts): boolean => file.whole;

/** The reason and the way out for a file that is not, as a blocker. */
export const notWhole = (path: string) =>
  ({
    level: 'blocker',
    message: `${path} is to be changed and was not read in full: it is no text, too long, or no regular file`,
    fix: `see what ${path} is, put a text in its place, and plan again`,
  }) as const;
