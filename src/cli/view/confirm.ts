import { createInterface } from 'node:readline';

/** Asks a question whose answer is no unless someone says yes; the end of the input and Ctrl-C are no. */
export function confirm(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<boolean> {
  const lines = createInterface({ input, output });
  return new Promise((resolve) => {
    let yes = false;
    lines.on('SIGINT', () => lines.close());
    lines.on('close', () => {
      resolve(yes);
    });
    lines.question(`${question} [y/N] `, (answer) => {
      yes = /^\s*y(es)?\s*$/i.test(answer);
      lines.close();
    });
  });
}
