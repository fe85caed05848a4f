import { EXIT, MigrateError, type ExitCode } from '../core/errors.js';
import type { EventSink, NodeResult } from '../core/events.js';
import type { EngineSignals } from '../engine/engine-env.js';
import { terminal } from './terminal.js';
import { liveView } from './view/live-view.js';
import { plainView } from './view/plain-view.js';
import { confirm } from './view/confirm.js';

export interface RunFlags {
  readonly plain?: boolean;
  readonly format: 'text' | 'json';
  readonly yes?: boolean;
  readonly debug?: boolean;
}

/** Shows the engine at work, passes Ctrl-C on to it, prints the result, and says what the exit code is. */
export async function runEngine(
  flags: RunFlags,
  work: (events: EventSink, signals: EngineSignals) => Promise<NodeResult>,
): Promise<ExitCode> {
  const live = terminal.interactive && flags.plain !== true && flags.debug !== true;
  const view = live ? liveView(process.stderr, { color: terminal.errColor }) : plainView(process.stderr);
  const stop = new AbortController();
  const stopNow = new AbortController();
  const interrupted = (): void => {
    if (stop.signal.aborted) return stopNow.abort();
    stop.abort();
    view.interrupt(
      'Stopping at the next safe point; in the dark window the node is brought to light first. Once more stops at once.',
    );
  };
  process.on('SIGINT', interrupted);
  process.on('SIGTERM', interrupted);
  process.on('SIGHUP', interrupted);
  try {
    const result = await work(view.sink, { stop: stop.signal, stopNow: stopNow.signal });
    await view.finish();
    if (flags.format === 'json') terminal.result(JSON.stringify(result, null, 2));
    return exitCodeOf(result);
  } finally {
    await view.finish();
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', interrupted);
    process.off('SIGHUP', interrupted);
  }
}

function exitCodeOf({ outcome }: NodeResult): ExitCode {
  switch (outcome) {
    case 'migrated':
    case 'already':
      return EXIT.ok;
    case 'blocked':
      return EXIT.blocked;
    case 'rolled-back':
      return EXIT.rolledBack;
    case 'interrupted':
      return EXIT.interrupted;
    case 'stopped':
    case 'needs-hands':
      return EXIT.needsHands;
  }
}

/** Whether to go on. Errors: `usage` where nobody can be asked. */
export async function confirmed(question: string, flags: RunFlags): Promise<boolean> {
  if (flags.yes === true) return true;
  if (!terminal.interactive) {
    throw new MigrateError('usage', 'there is no terminal to ask on', { hint: 'Say --yes when you mean it.' });
  }
  return confirm(question, process.stdin, process.stderr);
}
