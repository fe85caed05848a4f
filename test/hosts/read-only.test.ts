import { describe, expect, it } from 'vitest';
import { readOnly } from '../../src/hosts/read-only.js';
import { fakeHost } from './fake-host.js';
import { failure } from './host-contract.js';

describe('readOnly', () => {
  it('has what only reads, and nothing else to be found on it', () => {
    const host = readOnly(fakeHost().host);
    const names: string[] = [];
    for (
      let level: object | null = host;
      level !== null && level !== Object.prototype;
      level = Object.getPrototypeOf(level) as object | null
    ) {
      names.push(...Reflect.ownKeys(level).map(String));
    }
    expect(names.sort()).toEqual(['dial', 'list', 'name', 'query', 'readFile', 'stat', 'via']);
    expect(Object.isFrozen(host)).toBe(true);
  });

  it('passes reading on', async () => {
    const { host, asked } = fakeHost('out');
    const reading = readOnly(host);
    expect([reading.name, reading.via]).toEqual(['w1', 'ssh']);
    expect((await reading.query(['uname', '-r'], { timeoutMs: 5 })).stdout).toBe('out');
    await reading.readFile('/a');
    await reading.stat('/b');
    await reading.list('/c');
    await reading.dial('/d');
    expect(asked).toEqual([
      ['query', ['uname', '-r'], { timeoutMs: 5 }],
      ['readFile', '/a'],
      ['stat', '/b'],
      ['list', '/c'],
      ['dial', '/d'],
    ]);
  });

  it('refuses a command that may change something before the host hears of it', async () => {
    const { host, asked } = fakeHost();
    const error = await failure(readOnly(host).query(['systemctl', 'stop', 'docker']));
    expect([error.code, error.message]).toEqual(['bug', expect.stringContaining('systemctl stop docker')]);
    expect(asked).toEqual([]);
  });
});
