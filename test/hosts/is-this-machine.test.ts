import { hostname, networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { isThisMachine } from '../../src/hosts/is-this-machine.js';

const machine = { hostname: 'W1', addresses: ['192.0.2.1', 'fd00::1'], machineId: 'abc' };

describe('isThisMachine', () => {
  it.each([
    ['name and address agree', { name: 'w1', internalIp: '192.0.2.1' }, true],
    ['name and an IPv6 address agree', { name: 'w1', internalIp: 'fd00::1' }, true],
    ['only the name agrees', { name: 'w1', internalIp: '192.0.2.2' }, false],
    ['only the address agrees', { name: 'w2', internalIp: '192.0.2.1' }, false],
    ['the node has no address', { name: 'w1', internalIp: undefined }, false],
    ['a longer name begins alike', { name: 'w1.corp', internalIp: '192.0.2.9' }, false],
    [
      'the kubelet was given another name, the machine id agrees',
      { name: 'ip-192-0-2-1', internalIp: '192.0.2.1', machineId: 'abc' },
      true,
    ],
    ['name and machine id agree', { name: 'w1', internalIp: undefined, machineId: 'abc' }, true],
    ['a clone: only the machine id agrees', { name: 'w2', internalIp: '192.0.2.2', machineId: 'abc' }, false],
    ['the machine id differs', { name: 'w1', internalIp: '192.0.2.1', machineId: 'def' }, false],
  ])('%s', async (_case, node, expected) => {
    expect(await isThisMachine(node, machine)).toBe(expected);
  });

  it('looks at this machine by itself', async () => {
    const addresses = Object.values(networkInterfaces()).flatMap((of) => (of ?? []).filter((one) => !one.internal));
    const internalIp = addresses[0]?.address;
    expect(await isThisMachine({ name: hostname(), internalIp })).toBe(internalIp !== undefined);
    expect(await isThisMachine({ name: hostname(), internalIp: '127.0.0.1' })).toBe(false);
    expect(await isThisMachine({ name: `${hostname()}-not`, internalIp })).toBe(false);
  });
});
