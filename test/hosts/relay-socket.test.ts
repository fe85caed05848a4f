import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relaySocket } from '../../src/hosts/relay-socket.js';
import type { Shell } from '../../src/hosts/shell.js';
import { startPiped } from '../../src/hosts/start-piped.js';
import { workDirectory, type WorkDirectory } from '../../src/hosts/work-directory.js';
import { echoServer } from './echo-server.js';
import { failure } from './host-contract.js';
import { missing } from './missing.js';
import { talk } from './talk.js';

/** A shell whose PATH is one directory. */
const shellWithin = (path: string): Shell => ({
  name: 'here',
  via: 'local',
  exec: async (argv) => {
    const { exitCode, stdout, stderr } = await execa('/usr/bin/env', ['-i', `PATH=${path}`, ...argv], {
      reject: false,
      encoding: 'buffer',
      stdin: 'ignore',
    });
    return { code: exitCode ?? -1, stdout, stderr: Buffer.from(stderr).toString() };
  },
  pipe: async (argv) => {
    const opening = ['sh', '-c', 'printf begin; exec "$@"', 'sh', ...argv];
    const started = await startPiped(['/usr/bin/env', '-i', `PATH=${path}`, ...opening], 'begin');
    if (started === undefined) throw new Error('the relay did not start');
    return started;
  },
});

describe('relaySocket', () => {
  let base: string;
  let directory: WorkDirectory;
  let echo: Awaited<ReturnType<typeof echoServer>>;
  beforeAll(async () => {
    base = await mkdtemp('/tmp/migrate-relay-');
    directory = await workDirectory();
    echo = await echoServer(`${base}/echo.sock`);
  });
  afterAll(async () => {
    await echo?.close();
    await directory?.remove();
    await rm(base, { recursive: true, force: true });
  });

  /** A PATH that holds a shell, grep and the one tool. */
  const pathWith = async (name: string, ...tools: string[]): Promise<string> => {
    const path = `${base}/${name}`;
    await mkdir(path);
    for (const tool of ['/bin/sh', '/usr/bin/grep', ...tools]) await symlink(tool, `${path}/${tool.split('/').at(-1)}`);
    return path;
  };

  for (const tool of ['socat', 'python3', 'perl', 'nc'] as const) {
    const lacking = missing(tool);
    it.skipIf(lacking !== '')(`carries both ways through ${tool}${lacking}`, { timeout: 20_000 }, async () => {
      const relay = await relaySocket(shellWithin(await pathWith(tool, `/usr/bin/${tool}`)), directory, echo.path);
      // OpenBSD's nc does not pass on that its client has ended sending, so what it carries ends with a word.
      const sent = [randomBytes(1_500_000), randomBytes(3)];
      const got = await Promise.all(
        sent.map((bytes) => (tool === 'nc' ? exchange(relay.path, bytes) : talk(relay.path, bytes))),
      );
      expect(got.map((bytes, i) => bytes.equals(sent[i] ?? bytes))).toEqual([true, true]);
      await relay.close();
      await expect(talk(relay.path, randomBytes(1))).rejects.toThrow();
    });

    it.skipIf(lacking !== '')(`finds out through ${tool} that nobody listens${lacking}`, async () => {
      const dead = `${base}/dead-${tool}.sock`;
      const bind = 'require("net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))';
      await execa(process.execPath, ['-e', bind, dead], { reject: false });
      const shell = shellWithin(await pathWith(`dead-${tool}`, `/usr/bin/${tool}`));
      const error = await failure(relaySocket(shell, directory, dead));
      expect([error.code, error.message]).toEqual(['unreachable', expect.stringContaining(dead)]);
    });
  }

  it('says so where no tool can connect', async () => {
    const error = await failure(relaySocket(shellWithin(await pathWith('none')), directory, echo.path));
    expect([error.code, error.hint]).toEqual(['failed', expect.stringContaining('AllowStreamLocalForwarding')]);
  });

  const lacking = missing('socat', 'python3');
  it.skipIf(lacking !== '')(`never gives socat a path that it would read as options${lacking}`, async () => {
    const odd = await echoServer(`${base}/odd,fork:x.sock`);
    try {
      const shell = shellWithin(await pathWith('odd', '/usr/bin/socat', '/usr/bin/python3'));
      const relay = await relaySocket(shell, directory, odd.path);
      expect((await talk(relay.path, Buffer.from('hello'))).toString()).toBe('hello');
      await relay.close();
    } finally {
      await odd.close();
    }
  });
});

async function exchange(path: string, sent: Uint8Array): Promise<Buffer> {
  const socket = connect(path);
  const chunks: Buffer[] = [];
  let size = 0;
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject).on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= sent.byteLength) resolve();
    });
    socket.write(sent);
  });
  socket.destroy();
  return Buffer.concat(chunks);
}
