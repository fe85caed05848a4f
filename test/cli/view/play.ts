import type { View } from '../../../src/cli/view/view.js';
import type { Cue } from './demo-events.js';

/** Tells a view a whole script at once, as an engine that is never busy would. */
export function play(view: View, script: readonly Cue[]): Promise<void> {
  for (const { event } of script) view.sink(event);
  return view.finish();
}
