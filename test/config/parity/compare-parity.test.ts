import { expect, test } from 'vitest';
import { compareParity } from '../../../src/config/parity/compare-parity.js';

test('what differs is announced or not, and what is on one side only differs from none', () => {
  const before = {
    'capability:KILL': 'yes',
    'capability:NET_RAW': 'yes',
    seccomp: 'filter',
    'log-format': 'json-file',
  };
  const after = { 'capability:KILL': 'yes', seccomp: 'none', 'log-format': 'cri', 'mount:/run/secrets/rhsm': 'tmpfs' };
  const announced = [
    { aspect: 'log-format', note: 'logs' },
    { aspect: 'mount:/run/secrets*', note: 'secrets' },
    { aspect: 'capability:NET_RAWER', note: 'another one' },
    { aspect: 'ulimit:nofile', note: 'which stays as it was' },
  ];
  expect(compareParity(before, after, announced)).toEqual({
    compared: 5,
    announced: [
      { aspect: 'log-format', before: 'json-file', after: 'cri', note: 'logs' },
      { aspect: 'mount:/run/secrets/rhsm', before: 'none', after: 'tmpfs', note: 'secrets' },
    ],
    unannounced: [
      { aspect: 'capability:NET_RAW', before: 'yes', after: 'none' },
      { aspect: 'seccomp', before: 'filter', after: 'none' },
    ],
  });
});

test('two that are the same differ in nothing', () => {
  const facts = { seccomp: 'filter' };
  expect(compareParity(facts, facts, [{ aspect: '*', note: 'all' }])).toEqual({
    compared: 1,
    announced: [],
    unannounced: [],
  });
});
