import type { Finding } from '../core/finding.js';

/** A finding before it is known what else was found: what tells twins apart, and what a baseline says, comes later. */
export type Found = Omit<Finding, 'fingerprint'>;
