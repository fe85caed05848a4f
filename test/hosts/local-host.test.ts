import { describe, expect, it } from 'vitest';
import { localHost } from '../../src/hosts/local-host.js';
import { hostContract } from './host-contract.js';
import { missing } from './missing.js';

const noRoot = missing('root');
const noSudo = missing('root', 'sudo');
const open = (sudo: boolean) =>
  Promise.resolve({ host: localHost({ name: 'here', sudo }), close: () => Promise.resolve() });

describe.skipIf(noRoot !== '')(`as root${noRoot}`, () => {
  hostContract('this machine', () => open(false));
});

describe.skipIf(noSudo !== '')(`through sudo${noSudo}`, () => {
  hostContract('this machine', () => open(true));
});

describe('localHost', () => {
  it('is called what it is told, else what the machine is called', () => {
    expect(localHost({ name: 'w1' })).toMatchObject({ name: 'w1', via: 'local' });
    expect(localHost().name).not.toBe('');
  });
});
