import type { Place } from '../../manifests/place.js';

/** A reader of container logs that takes their lines for those of Docker's json-file driver. */
export interface LogParser {
  readonly at: Place;
  /** To begin a sentence: `Promtail's docker stage`. */
  readonly what: string;
  readonly fix: string;
}
