import { describe, expect, it } from 'vitest';
import { sharesContainerd } from '../../../src/config/docker/shares-containerd.js';
import { unit } from '../../fixtures/inventory.js';

describe('sharesContainerd', () => {
  it.each([
    ['an engine that does not say', '20.10.24', '', 'active', true],
    ["an engine that names the system's", '26.1.0', '/run/containerd/containerd.sock', 'active', true],
    ['the same by its older path', '26.1.0', 'unix:///var/run/containerd/containerd.sock', 'active', true],
    ['an engine with one of its own', '26.1.0', '/var/run/docker/containerd/containerd.sock', 'active', false],
    ["a node whose system's containerd does not run", '20.10.24', '', 'inactive', false],
    ['a Docker that is known by its files alone', '', '/run/containerd/containerd.sock', 'active', false],
  ])('%s', (_what, version, containerdAddress, activeState, expected) => {
    expect(sharesContainerd({ version, containerdAddress }, unit({ activeState }))).toBe(expected);
  });

  it('is not so where Docker or the unit is not known', () => {
    expect(sharesContainerd(undefined, unit())).toBe(false);
    expect(sharesContainerd({ version: '20.10.24', containerdAddress: '' }, undefined)).toBe(false);
  });
});
