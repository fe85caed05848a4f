import { describe, expect, it } from 'vitest';
import { sandboxImage } from '../../../src/config/kubelet/sandbox-image.js';

describe('sandboxImage', () => {
  it('is what the flag says', () => {
    const flags = { 'pod-infra-container-image': 'registry.lab/pause:1' };
    expect(sandboxImage({ flags, version: '1.21.2' })).toBe('registry.lab/pause:1');
  });

  it.each([
    ['1.17.4', 'k8s.gcr.io/pause:3.1'],
    ['1.18.0', 'k8s.gcr.io/pause:3.2'],
    ['1.20.15', 'k8s.gcr.io/pause:3.2'],
    ['1.21.2', 'k8s.gcr.io/pause:3.4.1'],
    ['1.22.0', 'k8s.gcr.io/pause:3.5'],
    ['1.23.17', 'k8s.gcr.io/pause:3.6'],
    ['1.25.0', 'registry.k8s.io/pause:3.8'],
    ['1.30.2', 'registry.k8s.io/pause:3.9'],
    ['1.34.0', 'registry.k8s.io/pause:3.10.1'],
  ])("is kubeadm's of %s without one", (version, image) => {
    expect(sandboxImage({ flags: {}, version })).toBe(image);
    expect(sandboxImage({ flags: { 'pod-infra-container-image': '' }, version })).toBe(image);
  });

  it('is not guessed', () => {
    expect(sandboxImage({ flags: {}, version: 'unknown' })).toBeUndefined();
  });
});
