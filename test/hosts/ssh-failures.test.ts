import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sshHost } from '../../src/hosts/ssh-host.js';
import { failure } from './host-contract.js';
import { missing } from './missing.js';
import { freePort, sshd, type TestSshd } from './sshd.js';
import { waitUntil } from './wait-until.js';
import { throwAwayUser } from './throw-away-user.js';

const lacking = missing('root', 'ssh', 'sshd');
const noUser = missing('root', 'ssh', 'sshd', 'sudo', 'useradd');

describe.skipIf(lacking !== '')(`sshHost that cannot connect${lacking}`, () => {
  let server: TestSshd;
  beforeAll(async () => {
    server = await sshd();
  });
  afterAll(() => server?.close());

  const connecting = (sshConfigFile: string, more: object = {}) =>
    failure(sshHost({ name: 'w1', destination: 'node', sshConfigFile, ...more }).then(({ close }) => close()));

  it('names the port that nobody listens on', async () => {
    const port = await freePort();
    const error = await connecting(await server.configWith('refused', { Port: String(port) }));
    expect(error.code).toBe('unreachable');
    expect(error.message).toBe(`w1: nothing listens at 127.0.0.1 port ${port}.`);
    expect(error.hint).toContain('sshd');
  });

  it('names the host name that does not resolve', async () => {
    const error = await connecting(await server.configWith('noname', { HostName: 'no-such-host.invalid' }));
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain('no-such-host.invalid');
    expect(error.hint).toContain('--ssh-host');
  });

  it('gives up on a server that says nothing', async () => {
    const silent: Server = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const error = await connecting(await server.configWith('silent', { Port: String(port) }), {
      connectTimeoutMs: 1_000,
    });
    silent.close();
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain('in time');
  });

  it('explains a host key that changed, and names the entry', async () => {
    const other = await readFile(`${server.directory}/user.pub`, 'utf8');
    const known = `${server.directory}/known-other`;
    await writeFile(known, `[127.0.0.1]:${server.port} ${other.split(' ').slice(0, 2).join(' ')}\n`);
    const error = await connecting(await server.configWith('changed', { UserKnownHostsFile: known }));
    expect(error.code).toBe('denied');
    expect(error.message).toBe('w1: the host key is not the one that is known for it.');
    expect(error.hint).toContain(`${known}:1`);
    expect(error.hint).not.toMatch(/StrictHostKeyChecking|ssh-keygen/);
  });

  it('explains a host key that is not known', async () => {
    const config = await server.configWith('unknown', { UserKnownHostsFile: '/dev/null' });
    const error = await connecting(config);
    expect(error.code).toBe('denied');
    expect(error.message).toBe('w1: the host key is not known.');
    expect(error.hint).toContain(`[127.0.0.1]:${server.port}`);
    expect(error.hint).toContain(`ssh -F ${config} node`);
    expect(error.hint).not.toContain('StrictHostKeyChecking');
  });

  it('explains a key that is missing or not accepted', async () => {
    const gone = await connecting(await server.configWith('nokey', { IdentityFile: `${server.directory}/gone` }));
    expect(gone.code).toBe('denied');
    expect(gone.message).toBe('w1: ssh was not let in (publickey).');
    expect(gone.hint).toContain('IdentityFile');
    const wrong = await connecting(await server.configWith('wrongkey', { IdentityFile: `${server.directory}/host` }));
    expect(wrong.message).toBe('w1: ssh was not let in (publickey).');
    expect(wrong.hint).toContain('--ssh-user');
  });

  it('explains a configuration that does not parse or is not there', async () => {
    const broken = await connecting(await server.configWith('broken', { NoSuchOption: 'yes' }));
    expect([broken.code, broken.message]).toEqual([
      'input',
      expect.stringContaining('Bad configuration option: nosuchoption'),
    ]);
    const gone = await connecting(`${server.directory}/no-config`);
    expect([gone.code, gone.message]).toEqual(['input', expect.stringContaining('no-config')]);
  });

  it('leaves no process and no directory behind', async () => {
    const temporary = `${server.directory}/t`;
    await mkdir(temporary);
    vi.stubEnv('TMPDIR', temporary);
    await connecting(await server.configWith('refused', { Port: String(await freePort()) }));
    const { host, close } = await sshHost({ name: 'w1', destination: 'node', sshConfigFile: server.config });
    expect(await readdir(temporary)).toHaveLength(1);
    await host.run(['true']);
    await close();
    await close();
    vi.unstubAllEnvs();
    expect(await readdir(temporary)).toEqual([]);
    await waitUntil('sshd has no session left', async () => (await server.sessions()) === 0);
    expect((await failure(host.run(['true']))).code).toBe('bug');
  });
});

describe.skipIf(noUser !== '')(`sshHost as a user who is not root${noUser}`, () => {
  let server: TestSshd;
  beforeAll(async () => {
    server = await sshd();
  });
  afterAll(() => server?.close());

  it.each([
    ['sudo asks for a password', 'ALL=(ALL) ALL', /sudo asks for a password/],
    ['sudo knows the user not at all', undefined, /sudo/],
    ['sudo allows one command only', 'ALL=(ALL) NOPASSWD: /usr/bin/id', /sudo/],
  ])('is denied with a hint where %s', async (_case, sudoers, message) => {
    const user = await throwAwayUser(sudoers);
    try {
      const error = await failure(
        sshHost({ name: 'w1', destination: 'node', user: user.name, sshConfigFile: server.config }),
      );
      expect(error.code).toBe('denied');
      expect(error.message).toMatch(message);
      expect(error.hint).toContain('NOPASSWD');
    } finally {
      await user.remove();
    }
  });

  it('is denied where the user has no shell', async () => {
    const user = await throwAwayUser('ALL=(ALL) NOPASSWD: ALL', '/usr/sbin/nologin');
    try {
      const error = await failure(
        sshHost({ name: 'w1', destination: 'node', user: user.name, sshConfigFile: server.config }),
      );
      expect(error.code).toBe('denied');
      expect(error.message).toContain('has no shell');
    } finally {
      await user.remove();
    }
  });
});
