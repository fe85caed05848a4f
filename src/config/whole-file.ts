import { sha256 } from '../core/digest.js';
import type { FileFacts } from '../core/inventory.js';

/**
 * Whether the content of a file's facts is all of it. Inventories leave secrets out, and a file made from what is left
 * would lose them.
 */
export const isWholeFile = (file: FileFacts): boolean => sha256(file.content) === file.sha256;

/** The reason and the way out for a file that is not, as a blocker. */
export const notWhole = (path: string) =>
  ({
    level: 'blocker',
    message: `${path} is to be changed and holds a secret, or what looks like one, and plans carry no secrets`,
    fix: `move the secret to a file of its own, or make the change to ${path} by hand, and plan again`,
  }) as const;
