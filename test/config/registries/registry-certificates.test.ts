import { describe, expect, it } from 'vitest';
import { registryCertificates } from '../../../src/config/registries/registry-certificates.js';
import { file, NO_FILE } from '../../fixtures/inventory.js';

const VERSION = { major: 1, minor: 31, patch: 0, preRelease: undefined };
const AT = '/etc/docker/certs.d/';
const read = (names: readonly string[], kind: 'containerd' | 'crio' | 'cri-dockerd' = 'containerd') =>
  registryCertificates(Object.fromEntries(names.map((name) => [AT + name, file(`PEM of ${name}\n`)])), {
    kind,
    version: VERSION,
  });

describe('registryCertificates', () => {
  it('reads them as Docker does', () => {
    const found = read([
      'r:5000/ca.crt',
      'r:5000/more.crt',
      'r:5000/c.cert',
      'r:5000/c.key',
      'r:5000/README',
      'loose.crt',
    ]);
    expect(found.certificates).toEqual([
      {
        host: 'r:5000',
        ca: [`${AT}r:5000/ca.crt`, `${AT}r:5000/more.crt`],
        client: [{ cert: `${AT}r:5000/c.cert`, key: `${AT}r:5000/c.key` }],
      },
    ]);
    expect(found.notices).toEqual([]);
    expect(found.settings.map(({ key, outcome, target }) => [key, outcome, target])).toEqual([
      ['c.cert', 'converted', '/etc/containerd/certs.d/r:5000/hosts.toml client'],
      ['c.key', 'converted', '/etc/containerd/certs.d/r:5000/hosts.toml client'],
      ['ca.crt', 'converted', '/etc/containerd/certs.d/r:5000/hosts.toml ca'],
      ['more.crt', 'converted', '/etc/containerd/certs.d/r:5000/hosts.toml ca'],
    ]);
    expect(JSON.stringify(found)).not.toContain('PEM of');
  });

  it('knows where they go for every runtime', () => {
    expect(read(['r/ca.crt'], 'crio').settings).toMatchObject([
      { outcome: 'converted', target: '/etc/containers/certs.d/r/ca.crt' },
    ]);
    expect(read(['r/ca.crt'], 'cri-dockerd').settings).toMatchObject([{ outcome: 'not-needed', target: '' }]);
    expect(read(['docker.io/ca.crt'])).toMatchObject({ certificates: [], settings: [{ outcome: 'not-needed' }] });
  });

  it('reads the other spelling of a port', () => {
    expect(read(['r_5000_/ca.crt']).certificates).toMatchObject([{ host: 'r:5000', ca: [`${AT}r_5000_/ca.crt`] }]);
  });

  it.each([
    ['r/c.cert', 'c.key'],
    ['r/c.key', 'c.cert'],
  ])('refuses %s without its %s, as Docker does', (name, missing) => {
    const found = read([name, 'r/ca.crt', 's/ca.crt']);
    expect(found.certificates.map(({ host }) => host)).toEqual(['s']);
    expect(found.notices).toMatchObject([
      { level: 'blocker', message: expect.stringContaining(`${AT}${name}: it has no ${missing}`) as string },
    ]);
    expect(found.settings.find(({ outcome }) => outcome === 'refused')).toMatchObject({ source: AT + name });
  });

  it('refuses what cannot be copied, and leaves out what is not there', () => {
    const files = { [`${AT}r/ca.crt`]: { ...file('[binary]'), whole: false }, [`${AT}s/ca.crt`]: NO_FILE };
    const found = registryCertificates(files, { kind: 'crio', version: VERSION });
    expect(found.certificates).toEqual([]);
    expect(found.settings).toHaveLength(1);
    expect(found.notices).toMatchObject([
      { level: 'blocker', message: expect.stringContaining(`${AT}r/ca.crt`) as string },
    ]);
  });
});
