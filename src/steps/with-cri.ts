import type { CriApi, CriReader } from '../core/ports.js';
import type { ActContext, ReadContext } from '../core/step.js';

/**
 * A connection to a CRI for as long as `use` takes. Never kept: the runtime is restarted in between, and a kept
 * connection waits out its back-off before it notices.
 */
export function withCri<T>(context: ActContext, endpoint: string, use: (cri: CriApi) => Promise<T>): Promise<T>;
export function withCri<T>(context: ReadContext, endpoint: string, use: (cri: CriReader) => Promise<T>): Promise<T>;
export async function withCri<T>(
  context: ActContext | ReadContext,
  endpoint: string,
  use: (cri: CriApi) => Promise<T>,
): Promise<T> {
  // Whoever passes a context that only reads gets, by the overloads above, to use only what reads.
  const cri = (await context.cri(endpoint)) as CriApi;
  try {
    return await use(cri);
  } finally {
    await cri.close();
  }
}
