import { z } from 'zod';

const step = z.string();

/** A line of the journal. Lines are only ever appended, and fsynced before what they announce begins. */
export const journalEntrySchema = z.discriminatedUnion('event', [
  /** A new beginning: what an earlier run of the same plan captured, and gave back, counts no more. */
  z.object({ event: z.literal('started'), by: z.string(), version: z.string() }),
  z.object({ event: z.literal('resumed'), by: z.string(), version: z.string() }),
  /** All that undoing the step needs, written before the step's first mutation, once. */
  z.object({ event: z.literal('captured'), step, captured: z.unknown() }),
  z.object({ event: z.literal('applying'), step }),
  z.object({ event: z.literal('verified'), step, ms: z.number() }),
  /** The end state was there already; nothing was done, and nothing is to be undone. */
  z.object({ event: z.literal('unneeded'), step }),
  z.object({ event: z.literal('failed'), step, message: z.string() }),
  z.object({ event: z.literal('undone'), step }),
  z.object({ event: z.literal('rollback-started'), because: z.string() }),
  z.object({ event: z.literal('guard'), state: z.enum(['armed', 'disarmed']) }),
  z.object({
    event: z.literal('finished'),
    outcome: z.enum(['migrated', 'rolled-back', 'needs-hands']),
    darkMs: z.number().optional(),
  }),
]);
export type JournalEvent = z.infer<typeof journalEntrySchema>;
export type JournalLine = JournalEvent & { readonly at: string };

export interface StepRecord {
  readonly captured: unknown;
  readonly state: 'captured' | 'applying' | 'verified' | 'unneeded' | 'failed' | 'undone';
}

/** Where a migration stands, as its journal tells. */
export interface JournalState {
  readonly steps: ReadonlyMap<string, StepRecord>;
  readonly rollingBack: boolean;
  readonly guardArmed: boolean;
  readonly outcome: 'open' | 'migrated' | 'rolled-back' | 'needs-hands';
  readonly lastFailure: string | undefined;
}

/** Reads a journal's text. A last line that a power cut tore is left out; a broken line elsewhere is an error. */
export function parseJournal(text: string): JournalLine[] {
  const lines = text.split('\n');
  const complete = lines.slice(0, -1);
  return complete.map((line, index) => {
    const at = z.object({ at: z.string() });
    try {
      const json: unknown = JSON.parse(line);
      return { ...journalEntrySchema.parse(json), at: at.parse(json).at };
    } catch (cause) {
      throw new Error(`line ${index + 1} of the journal is damaged`, { cause });
    }
  });
}

export function journalState(lines: readonly JournalEvent[]): JournalState {
  const steps = new Map<string, StepRecord>();
  let rollingBack = false;
  let guardArmed = false;
  let outcome: JournalState['outcome'] = 'open';
  let lastFailure: string | undefined;
  const mark = (id: string, state: StepRecord['state']): void => {
    steps.set(id, { captured: steps.get(id)?.captured, state });
  };
  for (const line of lines) {
    switch (line.event) {
      case 'started':
        steps.clear();
        outcome = 'open';
        break;
      case 'resumed':
        outcome = 'open';
        break;
      case 'captured':
        steps.set(line.step, { captured: line.captured, state: 'captured' });
        break;
      case 'applying':
        mark(line.step, 'applying');
        break;
      case 'verified':
        mark(line.step, 'verified');
        break;
      case 'unneeded':
        mark(line.step, 'unneeded');
        break;
      case 'failed':
        mark(line.step, 'failed');
        lastFailure = line.message;
        break;
      case 'undone':
        mark(line.step, 'undone');
        break;
      case 'rollback-started':
        rollingBack = true;
        outcome = 'open';
        lastFailure = line.because;
        break;
      case 'guard':
        guardArmed = line.state === 'armed';
        break;
      case 'finished':
        outcome = line.outcome;
        rollingBack = false;
        break;
    }
  }
  return { steps, rollingBack, guardArmed, outcome, lastFailure };
}

/** A step that touched something (or may have): one whose undo is to be carried out in a rollback. */
export const mayHaveActed = (record: StepRecord | undefined): boolean =>
  record !== undefined && (record.state === 'applying' || record.state === 'verified' || record.state === 'failed');
