import { describe, expect, it } from 'vitest';
import { crictlConfig } from '../../../src/config/node/crictl-config.js';

const ENDPOINT = 'unix:///run/containerd/containerd.sock';
const FRESH = `runtime-endpoint: ${ENDPOINT}\nimage-endpoint: ${ENDPOINT}\ntimeout: 10\n`;

describe('crictlConfig', () => {
  it.each([undefined, '', '\n'])('is whole where there is none (%j)', (existing) => {
    expect(crictlConfig(existing, ENDPOINT)).toEqual({ ok: true, value: FRESH });
  });

  it('keeps other settings, their order and comments', () => {
    const existing = '# ours\nruntime-endpoint: unix:///var/run/dockershim.sock\ntimeout: 2 # short\ndebug: true\n';
    const expected = `# ours\nruntime-endpoint: ${ENDPOINT}\ntimeout: 2 # short\ndebug: true\nimage-endpoint: ${ENDPOINT}\n`;
    expect(crictlConfig(existing, ENDPOINT)).toEqual({ ok: true, value: expected });
    expect(crictlConfig(expected, ENDPOINT)).toEqual({ ok: true, value: expected });
  });

  it('leaves a file alone that says it already', () => {
    const existing = `image-endpoint:   "${ENDPOINT}"\nruntime-endpoint: '${ENDPOINT}'\n`;
    expect(crictlConfig(existing, ENDPOINT)).toEqual({ ok: true, value: existing });
  });

  it.each([
    ['timeout: 2\nruntime-endpoint: [x\n', 2],
    ['- a\n- b\n', 1],
    ['a: 1\na: 2\n', 2],
  ])('says where %j is wrong', (existing, line) => {
    const result = crictlConfig(existing, ENDPOINT);
    expect(result.ok).toBe(false);
    expect(!result.ok && result.line).toBeGreaterThanOrEqual(line);
    expect(!result.ok && result.reason).toMatch(/\w/);
  });
});
