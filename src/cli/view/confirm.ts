import { createInterface } from 'node:readline';

/** Asks a question whose answer is no unless someone says yes; the end of the input and Ctrl-C are no. */
export function confirm(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<boolean> {
  const lines = createInterface({ input, output });
  return new Promise((resolve) => {
    let yes: boolean | undefined;
    lines.on('SIGINT', () => lines.close());
    lines.on('close', () => {
      // Without an answer the cursor still stands behind the question.
      if (yes === undefined) output.write('\n');
      resolve(yes ?? false);
    });
    lines.question(`${question} [y/N] `, (answer) => {
      yes = /^\s*y(es)?\s*$/i.test(answer);
      lines.close();
    });
  });
}
