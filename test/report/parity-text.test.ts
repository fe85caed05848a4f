import { expect, test } from 'vitest';
import type { ParityReport } from '../../src/core/parity.js';
import { parityText } from '../../src/report/parity-text.js';

const REPORT: ParityReport = {
  when: 'switched',
  unproved: null,
  compared: 68,
  announced: [{ aspect: 'log-format', before: 'json-file', after: 'cri', note: 'as the CRI has it' }],
  unannounced: [],
};

test('differences in a line each, those that nobody announced first', () => {
  expect(parityText({ ...REPORT, announced: [] }, 80)).toEqual([
    '  Containers before and after are the same in 68 of 68 aspects.',
  ]);
  expect(parityText(REPORT, 80)).toEqual([
    '  Containers before and after are the same in 67 of 68 aspects; 1 difference as',
    '  the plan said:',
    '    - log-format: json-file → cri',
  ]);
  const unannounced = [{ aspect: 'ulimit:nofile', before: '1048576', after: '1024:524288' }];
  expect(parityText({ ...REPORT, unannounced }, 120)).toEqual([
    '  Containers before and after are the same in 66 of 68 aspects; 1 difference as the plan said, 1 that it did not say:',
    '    ! ulimit:nofile: 1048576 → 1024:524288',
    '    - log-format: json-file → cri',
  ]);
});

test('why nothing was compared', () => {
  const report = { ...REPORT, announced: [], unproved: 'nobody answers at /run/dockershim.sock' };
  expect(parityText(report, 80)).toEqual(['  Containers were not compared: nobody answers at /run/dockershim.sock']);
});

test('short, and without what a terminal would obey', () => {
  const unannounced = [{ aspect: 'devices', before: 'x '.repeat(200), after: '\u001b[2Jnull' }];
  const text = parityText({ ...REPORT, announced: [], unannounced }, 400).join('\n');
  expect(text).not.toContain('\u001b');
  expect(text.length).toBeLessThan(300);
});
