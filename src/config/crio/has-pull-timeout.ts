import type { Version } from '../version.js';

/** Whether CRI-O knows `pull_progress_timeout`: a key of 1.32, which 1.30 and 1.31 got in patches. */
export const hasPullTimeout = ({ minor, patch }: Version): boolean =>
  minor >= 32 || (minor === 31 && patch >= 3) || (minor === 30 && patch >= 11);
