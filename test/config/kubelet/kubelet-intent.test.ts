import { describe, expect, it } from 'vitest';
import { formatGoDuration, parseGoDuration } from '../../../src/config/kubelet/go-duration.js';
import { kubeletIntent } from '../../../src/config/kubelet/kubelet-intent.js';
import { inventory } from '../../fixtures/inventory.js';

const { kubelet } = inventory();

describe('kubeletIntent', () => {
  it('takes what dockershim was told', () => {
    if (!kubelet.known) throw new Error('the fixture has no kubelet');
    const flags = { 'image-pull-progress-deadline': '10m', 'cni-bin-dir': '/a,/b', 'pod-infra-container-image': 'p:1' };
    expect(kubeletIntent({ ...kubelet.value, flags }, undefined)).toEqual({
      cgroupDriver: 'systemd',
      sandboxImage: 'p:1',
      cni: { confDir: '/etc/cni/net.d', binDirs: ['/a', '/b'] },
      pullProgressTimeout: '10m0s',
    });
  });

  it("is Docker's own where there is no kubelet", () => {
    expect(kubeletIntent(undefined, undefined)).toMatchObject({ cgroupDriver: 'cgroupfs', sandboxImage: '' });
  });
});

describe('durations', () => {
  it.each([
    ['10m', '10m0s'],
    ['90s', '1m30s'],
    ['1h', '1h0m0s'],
    ['1.5h', '1h30m0s'],
    ['500ms', '500ms'],
    ['1h10m10.5s', '1h10m10.5s'],
    ['0', '0s'],
    ['-1m', '-1m0s'],
  ])('%s is %s to Go', (text, expected) => {
    const parsed = parseGoDuration(text);
    expect(parsed === undefined ? undefined : formatGoDuration(parsed)).toBe(expected);
  });

  it.each(['', '10', 'm', '10 m', '1d'])('%j is none', (text) => {
    expect(parseGoDuration(text)).toBeUndefined();
  });
});
