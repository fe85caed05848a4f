import { describe, expect, it } from 'vitest';
import { configTarget } from '../../src/cli/config-target.js';

describe('configTarget', () => {
  it.each([
    ['containerd@1.6', 'containerd', '1.6.0', 'containerd 1.6'],
    ['containerd@v2.1.3', 'containerd', '2.1.3', 'containerd 2.1.3'],
    ['crio@1.31', 'crio', '1.31.0', 'crio 1.31'],
    ['cri-o@1.23', 'crio', '1.23.0', 'crio 1.23'],
    ['cri-dockerd@0.3', 'cri-dockerd', '0.3.0', 'cri-dockerd 0.3'],
    ['containerd', 'containerd', undefined, 'containerd'],
  ])('reads %s', (text, kind, version, title) => {
    expect(configTarget(text)).toEqual({ kind, version, title });
  });

  it.each([
    ['containerd@0.9', 'the configuration of containerd 0.9 is not known'],
    ['containerd@1.3', 'is not known'],
    ['containerd@1.8', 'is not known'],
    ['containerd@3.0', 'is not known'],
    ['crio@1.19', 'is not known'],
    ['crio@9.0', 'is not known'],
    ['crio@9', '9 is no version'],
    ['crio@', 'there is no version'],
    ['cri-dockerd@0.1', 'is not known'],
    ['docker@20.10', 'is no runtime'],
    ['containerd@1.6@2', 'is no runtime'],
    ['', 'is no runtime'],
  ])('refuses %j with a hint', (text, reason) => {
    let thrown: unknown;
    try {
      configTarget(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: 'usage', message: expect.stringContaining(reason) as string });
    expect((thrown as { hint?: string }).hint).toMatch(/@\d/);
  });
});
