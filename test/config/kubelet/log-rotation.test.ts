import { describe, expect, it } from 'vitest';
import { logFieldProblem } from '../../../src/config/kubelet/log-rotation.js';

describe('logFieldProblem', () => {
  it.each(['10Mi', '10M', '1.5M', '100000', '1e6', '-1', '5Gi', '2k'])('takes a size of %s', (size) => {
    expect(logFieldProblem('containerLogMaxSize', size)).toBeUndefined();
  });

  it.each(['10m', '10MB', '1.5', '1.5Mi', 'x', '10 Mi', '1.2345k'])('refuses a size of %s', (size) => {
    expect(logFieldProblem('containerLogMaxSize', size)).toMatch(/\w/);
  });

  it.each([
    [2, true],
    ['5', true],
    [1, false],
    [0, false],
    ['x', false],
    [2.5, false],
  ])('of %j files says whether they will do: %s', (files, fine) => {
    expect(logFieldProblem('containerLogMaxFiles', files) === undefined).toBe(fine);
  });
});
