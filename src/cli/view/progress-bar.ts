const CELLS = 24;

/** `━━━━━━──────── 3200 of 10000 files`: how far a count has come, on one line. */
export function progressBar(done: number, all: number, what: string): string {
  const full = all === 0 ? CELLS : Math.min(CELLS, Math.floor((CELLS * done) / all));
  return `${'━'.repeat(full)}${'─'.repeat(CELLS - full)} ${done} of ${all} ${what}`;
}
