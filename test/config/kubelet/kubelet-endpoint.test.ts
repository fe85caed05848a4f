import { describe, expect, it } from 'vitest';
import { normaliseEndpoint, sameEndpoint } from '../../../src/config/kubelet/kubelet-endpoint.js';

const SPELLINGS = [
  'unix:///run/containerd/containerd.sock',
  'unix:///var/run/containerd/containerd.sock',
  '/run/containerd/containerd.sock',
  '/var/run/containerd/containerd.sock',
  'unix:/run/containerd/containerd.sock',
  '"unix:///var/run/containerd/containerd.sock"',
  "unix:///run/containerd/containerd.sock'",
  'unix:////run/containerd/containerd.sock\n',
];

describe('normaliseEndpoint', () => {
  it.each(SPELLINGS)('knows %j', (spelling) => {
    expect(normaliseEndpoint(spelling)).toBe('unix:///run/containerd/containerd.sock');
    expect(SPELLINGS.every((other) => sameEndpoint(spelling, other))).toBe(true);
  });

  it.each(['tcp://127.0.0.1:2375', 'npipe:////./pipe/cri-dockerd', ''])('leaves %j alone', (endpoint) => {
    expect(normaliseEndpoint(endpoint)).toBe(endpoint);
  });

  it('tells sockets apart', () => {
    expect(sameEndpoint('/run/dockershim.sock', '/run/containerd/containerd.sock')).toBe(false);
    expect(normaliseEndpoint('/var/runner/x.sock')).toBe('unix:///var/runner/x.sock');
  });
});
