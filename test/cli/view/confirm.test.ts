import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { confirm } from '../../../src/cli/view/confirm.js';

const streams = (): { input: PassThrough; output: PassThrough } => ({
  input: new PassThrough(),
  output: new PassThrough(),
});

describe('confirm', () => {
  it.each([
    ['y', true],
    ['YES', true],
    [' yes ', true],
    ['', false],
    ['n', false],
    ['yesterday', false],
    ['yy', false],
  ])('takes %j for %s', async (answer, yes) => {
    const { input, output } = streams();
    const answered = confirm('Migrate w1?', input, output);
    input.write(`${answer}\n`);
    expect(await answered).toBe(yes);
    expect(String(output.read())).toBe('Migrate w1? [y/N] ');
  });

  it('is no at the end of the input, also after half an answer', async () => {
    const { input, output } = streams();
    const answered = confirm('Migrate w1?', input, output);
    input.end('ye');
    expect(await answered).toBe(false);
    expect(String(output.read())).toBe('Migrate w1? [y/N] \n');
  });
});
