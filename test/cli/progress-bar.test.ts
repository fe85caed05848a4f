import { describe, expect, it } from 'vitest';
import { progressBar } from '../../src/cli/view/progress-bar.js';

describe('progressBar', () => {
  it('fills as the count goes on, and keeps its length', () => {
    const bars = [0, 1, 50, 99, 100].map((done) => progressBar(done, 100, 'files'));
    const full = bars.map((bar) => bar.split('━').length - 1);
    expect(full).toEqual([0, 0, 12, 23, 24]);
    expect(bars.map((bar) => bar.indexOf(' '))).toEqual([24, 24, 24, 24, 24]);
    expect(bars[2]).toMatch(/ 50 of 100 files$/);
    expect(progressBar(0, 0, 'files')).toMatch(/^━{24} /);
  });
});
