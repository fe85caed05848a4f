import { documentSource } from './document-source.js';
import type { Origin } from './origin.js';
import type { Source } from './source.js';

/** Of a text without structure: its only path is the empty one. */
export function textSource(origin: Origin, text: string): Source {
  return documentSource(origin, () => ({
    start: 0,
    end: text.length,
    segments: () => ({ at: [0], raw: [0], length: text.length }),
  }));
}
