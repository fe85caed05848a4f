import type { Location } from '../core/finding.js';
import type { Place } from './place.js';

/**
 * Where a document comes from, asked only once there is a finding: finding the place again is slower than parsing.
 */
export interface Source {
  /** As close as can be told: a place inside of a quoted or templated text may be given as that text's beginning. */
  locate(place: Place): Location | undefined;
  /** The whole line of the file, without its end; undefined for a live object. */
  lineText(line: number): string | undefined;
  /** Of a live object, which has no lines: the text at a place. */
  textAt?(place: Place): string | undefined;
}
