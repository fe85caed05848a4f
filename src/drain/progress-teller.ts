import type { Clock } from '../core/ports.js';

export interface ProgressTeller {
  readonly tell: (subject: string, text: string) => void;
  readonly last: (subject: string) => string | undefined;
}

const REMINDER_MS = 30_000;

/** Passes on what each subject waits for: when it changes, and every half minute with the time it has taken so far. */
export function progressTeller(report: (progress: string) => void, clock: Clock): ProgressTeller {
  const told = new Map<string, { readonly text: string; readonly since: number; readonly at: number }>();
  return {
    tell(subject, text) {
      const now = clock.now().getTime();
      const last = told.get(subject);
      if (last === undefined || last.text !== text) {
        told.set(subject, { text, since: now, at: now });
        report(`${subject} ${text}`);
      } else if (now - last.at >= REMINDER_MS) {
        told.set(subject, { ...last, at: now });
        report(`${subject} ${text} (for ${Math.round((now - last.since) / 1000)} s)`);
      }
    },
    last: (subject) => told.get(subject)?.text,
  };
}
