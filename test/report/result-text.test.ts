import { describe, expect, it } from 'vitest';
import type { NodeResult } from '../../src/core/events.js';
import { resultText } from '../../src/report/result-text.js';

const result = (more: Partial<NodeResult>): NodeResult => ({
  node: 'w1',
  outcome: 'migrated',
  from: 'docker://20.10.24',
  to: 'containerd://1.6.20',
  steps: [],
  darkMs: null,
  warnings: [],
  errors: [],
  ...more,
});
const text = (more: Partial<NodeResult>): string[] => resultText(result(more), { color: false, width: Infinity });

describe('resultText', () => {
  it('sums up a migration', () => {
    const step = { id: 'a', phase: 'stage', ms: 61_000 };
    const steps: NodeResult['steps'] = [
      { ...step, status: 'done' },
      { ...step, status: 'done' },
      { ...step, status: 'unneeded', ms: 0 },
    ];
    expect(text({ steps, darkMs: 7100, warnings: ['mind the gap'] })).toEqual([
      'w1 moved from docker://20.10.24 to containerd://1.6.20.',
      '  2 steps done, 1 unneeded, in 2 min 02 s, dark for 7.1 s',
      '  warning: mind the gap',
    ]);
  });

  it.each([
    ['already', 'w1 is already on containerd://1.6.20: nothing was done.', undefined],
    ['rolled-back', 'w1 is back on docker://20.10.24, as it was before.', 'clear the cause'],
    ['stopped', 'w1 stopped at a failed step and was left as it is.', 'migrate resume w1'],
    ['interrupted', 'w1 was interrupted; its journal is on the node.', 'migrate rollback w1'],
    ['needs-hands', 'w1 could not be put back: it needs your hands.', 'migrate status w1'],
    ['blocked', 'w1 is blocked: nothing was changed.', 'migrate plan w1'],
  ] as const)('says of %s how it stands and what comes next', (outcome, sentence, next) => {
    const lines = text({ outcome, errors: outcome === 'already' ? [] : ['it broke'] });
    expect(lines[0]).toBe(sentence);
    if (next === undefined) expect(lines).toHaveLength(1);
    else expect(lines).toEqual([sentence, '  error: it broke', expect.stringContaining(next)]);
  });

  it('asks for nothing after a rollback that was wanted', () => {
    expect(text({ outcome: 'rolled-back' })).toHaveLength(1);
  });
});
