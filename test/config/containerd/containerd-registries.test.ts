import { describe, expect, it } from 'vitest';
import type { FileFacts } from '../../../src/core/inventory.js';
import { file, NO_FILE } from '../../fixtures/inventory.js';
import { golden } from '../golden.js';
import { after, CERTS, part, partOf, PATH, R2 } from './part.js';

const DOCKERS = '/etc/docker/certs.d/registry.corp.example:5443';
const REGISTRY = `${CERTS}/registry.corp.example:5443`;
const CERTIFICATES: Readonly<Record<string, string>> = {
  [`${DOCKERS}/ca.crt`]: 'CA\n',
  [`${DOCKERS}/client.cert`]: 'CERT\n',
  [`${DOCKERS}/client.key`]: 'SECRET-0123456789ab-1\n',
};
const MIRRORS = {
  registries: {
    mirrors: ['https://mirror.gcr.io', 'http://10.0.0.5:5000'],
    insecure: ['10.0.0.5:5000', 'registry.lab.local:8443'],
  },
};
const HUB = `${CERTS}/docker.io/hosts.toml`;
const warnings = (made: { readonly notices: readonly { readonly level: string; readonly message: string }[] }) =>
  made.notices.map(({ level, message }) => {
    expect(level).toBe('warning');
    return message;
  });

describe("Docker's registries for containerd", () => {
  it.each(['1.5.18', '1.6.20', '1.7.34', '2.0.0', '2.3.0'])('are hosts.toml files of containerd %s', (version) => {
    const made = part(MIRRORS, version);
    expect(made.notices).toEqual([]);
    expect(made.texts).toEqual({
      [PATH]: made.config,
      [HUB]: golden('containerd/mirrors.hosts.toml'),
      [`${CERTS}/10.0.0.5:5000/hosts.toml`]: golden('containerd/insecure.hosts.toml'),
      [`${CERTS}/registry.lab.local:8443/hosts.toml`]: golden('containerd/insecure.hosts.toml').replaceAll(
        '10.0.0.5:5000',
        'registry.lab.local:8443',
      ),
    });
    expect(made.files.every(({ mode, group }) => mode === 0o644 && group === 'runtime')).toBe(true);
  });

  it('have their certificates beside their hosts.toml, and nobody else reads the key', () => {
    const made = part({}, '1.6.20', CERTIFICATES);
    expect(made.texts[`${REGISTRY}/hosts.toml`]).toBe(golden('containerd/certificates.hosts.toml'));
    const copies = made.files.filter(({ path }) => path.startsWith(REGISTRY) && !path.endsWith('.toml'));
    expect(copies.map(({ path, mode, content }) => [path, mode, content])).toEqual([
      [`${REGISTRY}/ca.crt`, 0o644, 'CA\n'],
      [`${REGISTRY}/client.cert`, 0o644, 'CERT\n'],
      [`${REGISTRY}/client.key`, 0o600, 'SECRET-0123456789ab-1\n'],
    ]);
  });

  it('have the certificates of mirrors with the mirror, and no check of one that is insecure', () => {
    const registries = {
      mirrors: ['https://registry.corp.example:5443/hub', 'https://open.lab'],
      insecure: ['open.lab'],
    };
    const made = part({ registries }, '1.6.20', CERTIFICATES);
    expect(made.texts[HUB]).toBe(
      [
        'server = "https://registry-1.docker.io"\n',
        '[host."https://registry.corp.example:5443/hub"]',
        '  capabilities = ["pull", "resolve"]',
        `  ca = ["${REGISTRY}/ca.crt"]`,
        `  client = [["${REGISTRY}/client.cert", "${REGISTRY}/client.key"]]\n`,
        '[host."https://open.lab"]',
        '  capabilities = ["pull", "resolve"]',
        '  skip_verify = true\n',
      ].join('\n'),
    );
    expect(made.texts[`${REGISTRY}/hosts.toml`]).toBe(golden('containerd/certificates.hosts.toml'));
  });

  it('are added to the hosts.toml of an administrator, whose hosts come first', () => {
    const text =
      '# our proxy\nserver = "https://docker.io"\n\n[host."https://proxy.lab"] # fast\n  skip_verify = true\n';
    const made = part(MIRRORS, '1.6.20', { [HUB]: text });
    expect(made.notices).toEqual([]);
    expect(made.texts[HUB]).toBe(`${text}\n${golden('containerd/mirrors.hosts.toml').replace(/^server.*\n\n/, '')}`);
  });

  it('do not take back what an administrator says, who is told', () => {
    const path = `${CERTS}/10.0.0.5:5000/hosts.toml`;
    const text =
      'server = "https://elsewhere"\n[host."https://10.0.0.5:5000"]\ncapabilities = ["pull"]\nskip_verify = false # checked\n';
    const made = part(MIRRORS, '1.6.20', { [path]: text });
    expect(made.texts[path]?.startsWith(text)).toBe(true);
    expect(made.texts[path]).toContain('[host."http://10.0.0.5:5000"]');
    expect(warnings(made)).toEqual([
      expect.stringContaining(`${path} has server = "https://elsewhere", which stays`),
      expect.stringContaining(`${path} has another capabilities for https://10.0.0.5:5000`),
      expect.stringContaining(`${path} has another skip_verify for https://10.0.0.5:5000`),
    ]);
  });

  it('add to authorities and certificates that are there', () => {
    const text = `[host."https://registry.corp.example:5443/"]\n  ca = "/own.crt"\n  client = ["/both.pem"]\n`;
    const made = part({}, '1.6.20', { ...CERTIFICATES, [`${REGISTRY}/hosts.toml`]: text });
    expect(made.texts[`${REGISTRY}/hosts.toml`]).toBe(
      [
        '[host."https://registry.corp.example:5443/"]',
        `  ca = ["/own.crt", "${REGISTRY}/ca.crt"]`,
        `  client = [["/both.pem", ""], ["${REGISTRY}/client.cert", "${REGISTRY}/client.key"]]\n`,
      ].join('\n'),
    );
    expect(made.notices).toEqual([]);
  });

  it('keep certificates that containerd has without a hosts.toml', () => {
    const beside = { [`${REGISTRY}/own.crt`]: 'OWN\n', [`${REGISTRY}/ca.crt`]: 'OTHER\n' };
    const made = part({}, '1.6.20', { ...CERTIFICATES, ...beside });
    expect(made.texts[`${REGISTRY}/hosts.toml`]).toContain(
      `ca = ["${REGISTRY}/docker-ca.crt", "${REGISTRY}/ca.crt", "${REGISTRY}/own.crt"]`,
    );
    expect(made.texts[`${REGISTRY}/docker-ca.crt`]).toBe('CA\n');
    expect(made.texts).not.toHaveProperty(`${REGISTRY}/ca.crt`);
  });

  it('go where containerd looks first', () => {
    const there = `${CERTS}/10.0.0.5_5000_/hosts.toml`;
    const made = part(MIRRORS, '1.6.20', { [there]: '[host."https://a"]\n' });
    expect(made.texts[there]).toContain('[host."https://a"]\n\n[host."https://10.0.0.5:5000"]');
    expect(made.texts).not.toHaveProperty(`${CERTS}/10.0.0.5:5000/hosts.toml`);
  });

  it('go under the first root, and to the one of several that has the registry already', () => {
    const roots = `version = 2\n[${R2}.registry]\nconfig_path = "/a:/b:/etc/docker/certs.d"\n`;
    const before = { [PATH]: roots, '/b/docker.io/hosts.toml': '[host."https://x"]\n', '/a/other/hosts.toml': '' };
    const made = part(MIRRORS, '1.6.20', before);
    expect(Object.keys(made.texts).sort()).toEqual(
      ['/a/10.0.0.5:5000/hosts.toml', '/a/registry.lab.local:8443/hosts.toml', '/b/docker.io/hosts.toml', PATH].sort(),
    );
    expect(made.config).toBe(part({}, '1.6.20', { [PATH]: roots }).config);
    expect(made.config).toContain('config_path = "/a:/b:/etc/docker/certs.d"');
  });

  it('say that a _default no longer counts for a registry, and that roots were not read', () => {
    const standard = { [`${CERTS}/_default/hosts.toml`]: '[host."https://all.lab"]\n' };
    const messages = warnings(part({ registries: { insecure: ['r.lab'] } }, '1.6.20', standard));
    expect(messages).toEqual([expect.stringContaining(`${CERTS}/_default counts for registries`)]);
    const roots = `version = 2\n[${R2}.registry]\nconfig_path = "/elsewhere"\n`;
    expect(warnings(part({ registries: { insecure: ['r.lab'] } }, '1.6.20', { [PATH]: roots }))).toEqual([
      expect.stringContaining('/elsewhere in registry.config_path'),
    ]);
  });

  it.each<[string, FileFacts, string]>([
    ['is no TOML', file('[host\n'), 'line 1'],
    ['was not read in full', { ...file('x'), whole: false }, 'not read in full'],
    ['cannot be added to', file('host = { "https://10.0.0.5:5000" = { } }\n'), 'nothing can be added'],
  ])('are in the way of nothing but a hosts.toml that %s', (_what, facts, message) => {
    const path = `${CERTS}/10.0.0.5:5000/hosts.toml`;
    const made = partOf(MIRRORS, '1.6.20', { [PATH]: NO_FILE, [path]: facts });
    expect(made.files).toEqual([]);
    expect(made.notices).toMatchObject([{ level: 'blocker', message: expect.stringContaining(message) as string }]);
    expect(made.notices[0]?.message).toContain(path);
  });

  it('do the same a second time', () => {
    const docker = Object.fromEntries(Object.entries(CERTIFICATES).map(([path, text]) => [path, file(text)]));
    const before = { [PATH]: file(golden('containerd/kept.in.toml')), ...docker };
    for (const version of ['1.4.13', '1.6.20', '2.1.0']) {
      const once = partOf(MIRRORS, version, before);
      expect(once.files.length).toBeGreaterThan(3);
      expect(partOf(MIRRORS, version, after(before, once)).texts).toEqual(once.texts);
    }
  });
});

describe('the old style of registries', () => {
  const OLD = [
    'version = 2',
    `[${R2}.registry.mirrors."docker.io"]`,
    '  endpoint = ["https://m.lab", "https://registry-1.docker.io"]',
    `[${R2}.registry.mirrors."*"]`,
    '  endpoint = ["http://all.lab:5000/v2"]',
    `[${R2}.registry.configs."m.lab".tls]`,
    '  ca_file = "/ca.crt"',
    `[${R2}.registry.configs."m.lab".auth]`,
    '  password = "SECRET-0123456789ab-1" # of the robot',
    `[${R2}.registry.configs."r.lab".tls]`,
    '  insecure_skip_verify = true',
    '',
  ].join('\n');

  it('stays with 1.x where Docker adds nothing, without config_path, which excludes it', () => {
    const made = part({}, '1.6.20', {
      [PATH]: OLD.replace('version = 2', `version = 2\n[${R2}.registry]\nconfig_path = "/x"`),
    });
    for (const line of OLD.split('\n')) expect(made.config).toContain(line);
    expect(made.config).not.toContain('config_path');
    expect(warnings(made)).toEqual([expect.stringContaining('config_path is left out')]);
  });

  it.each([
    ['1.6.20', MIRRORS],
    ['2.1.0', MIRRORS],
    ['2.1.0', {}],
  ])('becomes hosts.toml files of containerd %s, and loses nothing', (version, intent) => {
    const made = part(intent, version, { [PATH]: OLD });
    expect(made.config).toContain('config_path = "/etc/containerd/certs.d"');
    expect(made.config).toContain('password = "SECRET-0123456789ab-1"');
    for (const gone of ['mirrors', 'tls', 'endpoint']) expect(made.config).not.toContain(gone);
    expect(made.texts[`${CERTS}/_default/hosts.toml`]).toContain('[host."http://all.lab:5000"]\n');
    expect(made.texts[`${CERTS}/r.lab/hosts.toml`]).toBe(
      [
        '[host."http://all.lab:5000"]\n  capabilities = ["pull", "resolve"]\n',
        '[host."https://r.lab"]\n  capabilities = ["pull", "resolve", "push"]\n  skip_verify = true\n',
      ].join('\n'),
    );
    const hub = made.texts[HUB] ?? '';
    expect(hub).toContain('[host."https://m.lab"]\n  capabilities = ["pull", "resolve"]\n  ca = ["/ca.crt"]\n');
    // Docker's mirrors come after the administrator's, and Docker Hub itself after all.
    expect(hub).not.toContain('[host."https://registry-1');
    expect(hub.includes('mirror.gcr.io')).toBe(intent === MIRRORS);
    expect(warnings(made)[0]).toContain('move to hosts.toml files');
  });

  it('has paths in endpoints that replace /v2, which containerd 1.5 has only there', () => {
    const text = OLD.replace('https://m.lab"', 'https://m.lab/proxy"');
    expect(part(MIRRORS, '1.6.20', { [PATH]: text }).texts[HUB]).toContain(
      '[host."https://m.lab/proxy"]\n  capabilities = ["pull", "resolve"]\n  ca = ["/ca.crt"]\n  override_path = true\n',
    );
    const made = part(MIRRORS, '1.5.18', { [PATH]: text });
    expect(Object.keys(made.texts)).toEqual([PATH]);
    expect(made.config).toContain(
      'endpoint = ["https://m.lab/proxy", "https://registry-1.docker.io", "https://mirror.gcr.io", "http://10.0.0.5:5000"]',
    );
    expect(made.config).not.toContain('config_path');
  });

  it('is all that containerd 1.4 knows, with one file of authorities for a registry', () => {
    const two = { ...CERTIFICATES, [`${DOCKERS}/second.crt`]: 'SECOND' };
    const made = part({}, '1.4.13', two);
    expect(made.texts[`${REGISTRY}/docker-ca-bundle.crt`]).toBe('CA\nSECOND\n');
    expect(made.config).toContain(
      [
        `  [${R2}.registry.configs."registry.corp.example:5443".tls]`,
        `    ca_file = "${REGISTRY}/docker-ca-bundle.crt"`,
        `    cert_file = "${REGISTRY}/client.cert"`,
        `    key_file = "${REGISTRY}/client.key"`,
      ].join('\n'),
    );
    expect(made.config).not.toContain('config_path');
    expect(Object.keys(made.texts)).not.toContain(`${REGISTRY}/hosts.toml`);
  });
});
