import { describe, expect, it } from 'vitest';
import { kubeletFlagRules } from '../../../src/config/kubelet/flag-rules.js';
import { mustGo, RUNTIME_FLAGS } from '../../../src/config/kubelet/dockershim-flags.js';

const version = (minor: number) => ({ major: 1, minor, patch: 0, preRelease: undefined });
const TARGETS = ['containerd', 'crio', 'cri-dockerd'] as const;

describe('kubeletFlagRules', () => {
  it('names every flag once', () => {
    const flags = kubeletFlagRules.flatMap(({ flag, alike = [] }) => [flag, ...alike]);
    expect(new Set(flags).size).toBe(flags.length);
    expect(flags.length).toBeGreaterThan(30);
  });

  it.each(kubeletFlagRules.map((rule) => [rule.flag, rule] as const))(
    '--%s leaves no kubelet with a flag that it does not know',
    (_flag, rule) => {
      const removed = Number(rule.removed?.split('.')[1] ?? 99);
      for (const flag of [rule.flag, ...(rule.alike ?? [])]) {
        for (let minor = 19; minor <= 36; minor += 1) {
          // A kubelet that runs with a flag knows it, so only flags of dockershim's age have to be looked at.
          if (minor < removed || removed < 24 || RUNTIME_FLAGS.has(flag)) continue;
          expect([flag, minor, mustGo(flag, version(minor))]).toEqual([flag, minor, true]);
        }
      }
    },
  );

  it.each(kubeletFlagRules.map((rule) => [rule.flag, rule] as const))(
    '--%s has an answer for every target',
    (_flag, rule) => {
      for (const kind of TARGETS) {
        for (const minor of [20, 23, 26, 30, 36]) {
          const target = { kind, version: { ...version(6), major: kind === 'crio' ? 1 : 2 } };
          const context = { kubelet: version(minor), target, endpoint: 'unix:///run/x.sock', dockershim: minor <= 23 };
          const { note, target: where, outcome } = rule.answer('cni', context);
          expect(note).toMatch(/^[a-zC].*[^.]$/);
          if (outcome === 'converted') expect(where).toBeDefined();
        }
      }
      for (const text of [rule.what, rule.becomes, rule.why]) expect(text).not.toBe('');
    },
  );
});
