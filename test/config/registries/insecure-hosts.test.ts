import { describe, expect, it } from 'vitest';
import { hostsInNets, isNet } from '../../../src/config/registries/insecure-hosts.js';

describe('hostsInNets', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    [
      '10.20.0.0/16',
      ['10.20.1.2:5000/a:1', '10.20.255.255/b', '10.21.0.1/c', 'nginx', 'r.lab/d'],
      ['10.20.1.2:5000', '10.20.255.255'],
    ],
    ['0.0.0.0/0', ['1.2.3.4/a', '[::1]:5000/b'], ['1.2.3.4']],
    ['10.0.0.5/32', ['10.0.0.5:1/a', '10.0.0.4:1/a'], ['10.0.0.5:1']],
    ['127.0.0.0/8', ['localhost:5000/a@sha256:' + 'a'.repeat(64), '127.1.2.3/b'], ['127.1.2.3', 'localhost:5000']],
    ['fd00::/8', ['[fd12::1]:5000/a', '[fe80::1]/b'], ['[fd12::1]:5000']],
    ['::ffff:10.0.0.0/104', ['[::ffff:a00:1]/a', '10.0.0.1/b'], ['[::ffff:a00:1]']],
    ['10.0.0.0/33', ['10.0.0.1/a'], []],
    ['nonsense', ['10.0.0.1/a'], []],
  ])('finds in %s of %j: %j', (net, images, hosts) => {
    expect(hostsInNets([net], images)).toEqual(hosts);
  });

  it('knows every net from what only looks like one', () => {
    for (const net of ['10.0.0.0/8', '::/0', '1::8/128', '1:2:3:4:5:6:7:8/1', '::1.2.3.4/96'])
      expect(isNet(net), net).toBe(true);
    for (const text of [
      '10.0.0.0',
      '10.0.0/8',
      '256.0.0.0/8',
      '010.0.0.0/8',
      '1:2/8',
      '::1::/8',
      '1:2:3:4:5:6:7:8::/8',
      'g::/8',
      '/8',
      '10.0.0.0/',
    ]) {
      expect(isNet(text), text).toBe(false);
    }
  });
});
