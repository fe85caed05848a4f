import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Host } from '../../src/core/ports.js';
import { sshHost } from '../../src/hosts/ssh-host.js';
import { echoServer } from './echo-server.js';
import { failure } from './host-contract.js';
import { missing } from './missing.js';
import { sshd, type TestSshd } from './sshd.js';
import { talk } from './talk.js';
import { waitUntil } from './wait-until.js';

const lacking = missing('root', 'ssh', 'sshd');

async function isRunning(argv: readonly string[]): Promise<boolean> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return lines.includes(argv.map((word) => `${word}\0`).join(''));
}

describe.skipIf(lacking !== '')(`an ssh connection that breaks${lacking}`, () => {
  let server: TestSshd;
  let host: Host;
  let close: () => Promise<void>;
  let mark: string;
  beforeAll(async () => {
    server = await sshd();
  });
  afterAll(() => server?.close());
  beforeEach(async () => {
    ({ host, close } = await sshHost({ name: 'w1', destination: 'node', sshConfigFile: server.config }));
    mark = `${server.directory}/mark-${randomBytes(4).toString('hex')}`;
  });
  afterEach(() => close?.());

  it('is made again for the next command, whatever that is', async () => {
    await server.dropConnections();
    expect((await host.run(['sh', '-c', 'echo x >>"$1"; echo did', 'sh', mark])).stdout).toBe('did\n');
    await server.dropConnections();
    await host.appendFile(mark, 'y\n');
    expect(Buffer.from((await host.readFile(mark)) ?? '').toString()).toBe('x\ny\n');
  });

  it('is made again once for many at a time', async () => {
    await server.dropConnections();
    const results = await Promise.all(Array.from({ length: 10 }, (_, i) => host.run(['echo', String(i)])));
    expect(results.map((result) => result.stdout.trim())).toEqual(Array.from({ length: 10 }, (_, i) => String(i)));
  });

  it('does not run a command twice: one that was under way is reported', async () => {
    const running = failure(host.run(['sh', '-c', 'echo x >>"$1"; sleep 600', 'sh', mark]));
    await waitUntil('it runs', async () => ((await host.stat(mark))?.sizeBytes ?? 0) > 0);
    await server.dropConnections();
    const error = await running;
    expect(error.code).toBe('unreachable');
    expect(error.hint).toContain('not known');
    expect(Buffer.from((await host.readFile(mark)) ?? '').toString()).toBe('x\n');
  });

  it('asks again what only reads', async () => {
    await host.run(['mkfifo', mark]);
    const reading = host.query(['cat', mark]);
    await waitUntil('cat runs', () => isRunning(['cat', mark]));
    await server.dropConnections();
    await host.run(['sh', '-c', 'echo again >"$1"', 'sh', mark]);
    expect((await reading).stdout).toBe('again\n');
  });

  it('is unreachable while the host is away, and comes back with it', async () => {
    await server.dropConnections();
    await server.stop();
    const error = await failure(host.run(['true']));
    expect([error.code, error.message]).toEqual(['unreachable', expect.stringContaining('nothing listens')]);
    expect((await failure(host.readFile('/etc/hostname'))).code).toBe('unreachable');
    await server.start();
    expect((await host.run(['echo', 'back'])).stdout).toBe('back\n');
  });

  it('dials anew', async () => {
    const echo = await echoServer(`${server.directory}/echo.sock`);
    try {
      const first = await host.dial(echo.path);
      await server.dropConnections();
      await first.close();
      const second = await host.dial(echo.path);
      const sent = randomBytes(1000);
      expect((await talk(second.path, sent)).equals(sent)).toBe(true);
    } finally {
      await echo.close();
    }
  });
});

describe.skipIf(lacking !== '')(`an ssh connection that takes no sessions besides its own${lacking}`, () => {
  it('gives each command a connection of its own', { timeout: 30_000 }, async () => {
    const server = await sshd(['MaxSessions 1']);
    const { host, close } = await sshHost({ name: 'w1', destination: 'node', sshConfigFile: server.config });
    try {
      expect(await host.run(['sh', '-c', 'cat; echo err >&2; exit 255'], { input: 'in' })).toEqual({
        code: 255,
        stdout: 'in',
        stderr: 'err\n',
      });
      const results = await Promise.all(['a', 'b', 'c'].map((word) => host.run(['echo', word])));
      expect(results.map((result) => result.stdout)).toEqual(['a\n', 'b\n', 'c\n']);
    } finally {
      await close();
      await server.close();
    }
  });
});

describe.skipIf(lacking !== '')(`a process with an ssh connection${lacking}`, () => {
  let server: TestSshd;
  let temporary: string;
  beforeAll(async () => {
    server = await sshd();
    temporary = `${server.directory}/t`;
    await mkdir(temporary);
  });
  afterAll(() => server?.close());

  const program = async (end: string): Promise<string> => {
    const source = `import { sshHost } from ${JSON.stringify(new URL('../../src/hosts/ssh-host.ts', import.meta.url).href)};
      const { host, close } = await sshHost({ name: 'w1', destination: 'node', sshConfigFile: ${JSON.stringify(server.config)} });
      process.stdout.write((await host.run(['echo', 'hello'])).stdout);
      ${end}`;
    const { stdout } = await execa(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', source], {
      cwd: new URL('../..', import.meta.url).pathname,
      timeout: 20_000,
      env: { TMPDIR: temporary },
    });
    const left = (await readdir(temporary)).filter((name) => name.startsWith('mig-'));
    expect(left).toEqual([]);
    await waitUntil('sshd has no session left', async () => (await server.sessions()) === 0);
    return stdout;
  };

  it('ends without closing it, and takes it along', async () => {
    expect(await program('void close;')).toBe('hello');
  });
  it('goes on after closing it', async () => {
    expect(await program(`await close(); process.stdout.write('closed');`)).toBe('hello\nclosed');
  });
});
