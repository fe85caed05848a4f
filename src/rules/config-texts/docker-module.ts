import type { Severity } from '../../core/finding.js';

/** A part of a product's configuration that makes the product talk to dockerd. */
export interface DockerModule {
  /** With its article, to begin a sentence: `Metricbeat's docker module`. */
  readonly what: string;
  readonly fix: string;
  readonly severity?: Severity;
}
