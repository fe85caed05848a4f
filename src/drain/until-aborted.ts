/** What `start` comes to, or `aborted()` as soon as the signal says so; what was asked by then goes on unseen. */
export async function untilAborted<T>(start: () => Promise<T>, signal: AbortSignal, aborted: () => Error): Promise<T> {
  if (signal.aborted) throw aborted();
  let stop = (): void => undefined;
  const abort = new Promise<never>((_resolve, reject) => {
    stop = () => reject(aborted());
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([start(), abort]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
