/** Answers each question once, and all that were asked in the same turn together. */
export function bundled<T>(
  answer: (questions: readonly string[]) => Promise<ReadonlyMap<string, Promise<T>>>,
): (question: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  let asked: string[] = [];
  let next: Promise<ReadonlyMap<string, Promise<T>>> | undefined;

  async function answerAll(): Promise<ReadonlyMap<string, Promise<T>>> {
    await new Promise((resolve) => setImmediate(resolve));
    const questions = asked;
    asked = [];
    next = undefined;
    return answer(questions);
  }

  return (question) => {
    const earlier = answers.get(question);
    if (earlier !== undefined) return earlier;
    asked.push(question);
    next ??= answerAll();
    const promise = next.then((all) => all.get(question) as Promise<T>);
    promise.catch(() => undefined); // it may be awaited only after others
    answers.set(question, promise);
    return promise;
  };
}
