import { z } from 'zod';
import { STATE_DIR } from './node-paths.js';

/**
 * What a container finds around itself, by aspect: `ulimit:nofile` → `1048576`, `capability:NET_RAW` → `yes`. An aspect
 * that is not there counts as `none`.
 */
export type ParityFacts = Readonly<Record<string, string>>;

const difference = z.object({ aspect: z.string(), before: z.string(), after: z.string() });
export type ParityDifference = z.infer<typeof difference>;

const announced = difference.extend({ note: z.string() });
export type AnnouncedParityDifference = z.infer<typeof announced>;

/** How a probe container under the old runtime and one under the new runtime compare. */
export const parityReportSchema = z.object({
  /** `stage`: both runtimes were up. `switched`: the kubelet was on the new one already. */
  when: z.enum(['stage', 'switched']),
  /** Why there is nothing to compare with; null where there is. */
  unproved: z.string().nullable(),
  /** How many aspects were compared. */
  compared: z.number(),
  /** Those that the plan announced. */
  announced: z.array(announced),
  /** Those that it did not: the migration fails by them. */
  unannounced: z.array(difference),
});
export type ParityReport = z.infer<typeof parityReportSchema>;

/** What the node remembers of a proof: the facts of the old runtime cannot be had again once the node is switched. */
export const parityRecordSchema = z.object({
  /** Digest of what the step that made it was told: a record of another plan is nobody's. */
  madeFor: z.string(),
  /** Of a container under Docker; null where there could be none, and why. */
  before: z.record(z.string(), z.string()).nullable(),
  why: z.string().nullable(),
  /** The last comparison; null before the first one. */
  report: parityReportSchema.nullable(),
});
export type ParityRecord = z.infer<typeof parityRecordSchema>;

export const PARITY_PATH = `${STATE_DIR}/parity.json`;

/** Undefined for what is no record, or one of another version of the toolkit. */
export function parseParityRecord(content: Uint8Array | undefined): ParityRecord | undefined {
  if (content === undefined) return undefined;
  try {
    const parsed = parityRecordSchema.safeParse(JSON.parse(new TextDecoder().decode(content)));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
