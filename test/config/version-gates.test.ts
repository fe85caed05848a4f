import { describe, expect, it } from 'vitest';
import { versionPairProblem } from '../../src/config/version-gates.js';

describe('versionPairProblem', () => {
  it.each([
    ['1.4.13', '1.19.16'],
    ['1.5.18', '1.22.17'],
    ['1.6.20', '1.21.2'],
    ['1.7.34', '1.22.0'],
    ['1.4.13', '1.23.0'],
    ['2.0.0', '1.23.17'],
    ['1.5.18', '1.25.16'],
    ['1.6.4', '1.26.0'],
    ['1.7.24', '1.32.0'],
    ['2.0.1', '1.32.5'],
    ['2.3.0', '1.32.5'],
    ['1.6.39', '1.34.0'],
    ['2.1.3', '1.34.1'],
    ['1.7.28', '1.35.0'],
    ['2.2.0', '1.36.0'],
  ])('containerd %s serves kubelet %s', (containerd, kubelet) => {
    expect(versionPairProblem(containerd, kubelet)).toBeUndefined();
  });

  it.each([
    ['1.3.9', '1.19.0', '1.4'],
    ['2.0.0', '1.22.17', 'v1alpha2'],
    ['2.1.3', '1.19.16', 'v1alpha2'],
    ['1.5.18', '1.26.0', 'v1 only'],
    ['1.6.0', '1.21.2', '1.6.4'],
    ['1.6.3', '1.25.0', '1.6.4'],
    ['1.7.23', '1.32.0', '1.7.24'],
    ['2.0.3', '1.33.0', '2.0.4'],
    ['2.0.5', '1.34.0', '2.0.6'],
    ['1.6.39', '1.35.0', '1.7.28'],
    ['2.0.6', '1.35.0', '2.1.5'],
    ['1.7.34', '1.36.0', '2.2.0'],
    ['2.1.9', '1.36.0', '2.2.0'],
    ['1.6.20', '1.18.20', '1.18.20'],
    ['2.3.0', '1.37.0', '1.37.0'],
    ['unknown', '1.21.2', 'unknown'],
    ['1.6.20', '', 'kubelet'],
  ])('containerd %s does not serve kubelet %s', (containerd, kubelet, named) => {
    const problem = versionPairProblem(containerd, kubelet);
    expect(`${problem?.because}; ${problem?.fix}`).toContain(named);
    expect(problem?.fix).not.toBe('');
  });
});
