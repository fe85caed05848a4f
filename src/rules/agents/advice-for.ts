import { adviceOf } from './advice-of.js';
import { agentOf } from './agent-of.js';

/** What to do about the first known product among a pod's images; undefined when there is none. */
export function adviceFor(images: readonly string[]): string | undefined {
  for (const image of images) {
    const agent = agentOf(image);
    if (agent !== undefined) return adviceOf(agent);
  }
  return undefined;
}
