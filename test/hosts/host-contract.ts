import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MigrateError } from '../../src/core/errors.js';
import type { Host } from '../../src/core/ports.js';
import { echoServer } from './echo-server.js';
import { talk } from './talk.js';
import { waitUntil } from './wait-until.js';

export interface ContractHost {
  readonly host: Host;
  readonly close: () => Promise<void>;
}

export const failure = async (work: Promise<unknown>): Promise<MigrateError> => {
  const thrown = await work.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  );
  if (!(thrown instanceof MigrateError)) throw thrown;
  return thrown;
};

/** What every host does, however it is reached. It has to be root there, and the host has to be this machine. */
export function hostContract(title: string, open: () => Promise<ContractHost>): void {
  describe(title, () => {
    let host: Host;
    let close: ContractHost['close'];
    let base: string;

    beforeAll(async () => {
      ({ host, close } = await open());
      base = (await host.run(['mktemp', '-d', '/tmp/migrate-contract-XXXXXX'])).stdout.trim();
      expect(base).toMatch(/^\/tmp\/migrate-contract-/);
    }, 30_000);
    afterAll(async () => {
      if (base !== undefined) await host.run(['rm', '-rf', base]);
      await close?.();
    });
    const leftovers = async (): Promise<readonly string[]> =>
      (await host.list(base)).filter((name) => name.startsWith('.migrate'));

    describe('run', () => {
      it('gives exit code, stdout and stderr', async () => {
        const result = await host.run(['sh', '-c', 'echo out; echo err >&2; exit 7']);
        expect(result).toEqual({ code: 7, stdout: 'out\n', stderr: 'err\n' });
      });
      it.each([0, 1, 126, 127, 254, 255])('gives back exit code %i', async (code) => {
        const result = await host.run(['sh', '-c', 'printf e >&2; exit "$1"', 'sh', String(code)]);
        expect(result).toEqual({ code, stdout: '', stderr: 'e' });
      });
      it('is root, with a plain locale and the administrator’s directories in the PATH', async () => {
        const result = await host.run(['sh', '-c', 'id -u; echo $LC_ALL; pwd; umask; echo $PATH']);
        const [uid, locale, cwd, umask, path] = result.stdout.split('\n');
        expect([uid, locale, cwd, umask]).toEqual(['0', 'C', '/', '0022']);
        expect(path?.split(':')).toEqual(expect.arrayContaining(['/usr/sbin', '/sbin', '/usr/local/sbin', '/opt/bin']));
      });
      it('passes every argument through as it is', async () => {
        const words = [
          '',
          ' ',
          'a b',
          "it's",
          '"',
          '$HOME',
          '`id`',
          '$(id)',
          '*',
          '~',
          '-n',
          '--',
          '\\',
          '\n',
          'a\n\nb\n',
          ';',
          '&',
          '|',
          '>x',
          '#',
          '!',
          'ä€😀',
          '\t',
          '\u0001\u007f',
          'A=b',
        ];
        const result = await host.run(['printf', '%s\\0', ...words]);
        expect(result.stdout.split('\0').slice(0, -1)).toEqual(words);
      });
      it('runs a program, never a builtin or an assignment', async () => {
        expect((await host.run(['export', 'A=b'])).code).toBe(127);
        expect((await host.run(['A=b', 'true'])).code).toBe(127);
        expect((await host.run(['exit', '0'])).code).toBe(127);
      });
      it('answers 127 for a program that is not there', async () => {
        const result = await host.run(['migrate-no-such-program']);
        expect(result.code).toBe(127);
        expect(result.stderr).toContain('not found');
      });
      it('has an empty stdin when there is no input', async () => {
        expect((await host.run(['wc', '-c'])).stdout.trim()).toBe('0');
      });
      it('gives input to a command that does not read it', async () => {
        expect((await host.run(['true'], { input: new Uint8Array(2_000_000) })).code).toBe(0);
      });
      it('carries 20 MB in and out intact', { timeout: 60_000 }, async () => {
        const input = randomBytes(20 * 1024 * 1024);
        const path = `${base}/big`;
        await host.writeFile(path, input, { mode: 0o600 });
        const back = await host.readFile(path);
        expect(back?.byteLength).toBe(input.byteLength);
        expect(input.equals(back ?? new Uint8Array())).toBe(true);
        const text = await host.run(['base64', '-w0', path], { timeoutMs: 60_000 });
        expect(text.stdout === input.toString('base64')).toBe(true);
      });
      it('ends the command itself when its time is up', async () => {
        const mark = `${base}/started-slow`;
        const error = await failure(
          host.run(['sh', '-c', 'echo $$ >"$1"; sleep 600; echo never >"$1"', 'sh', mark], { timeoutMs: 700 }),
        );
        expect(error.code).toBe('timeout');
        expect(error.message).toContain('0.7 s');
        const pid = Buffer.from((await host.readFile(mark)) ?? '')
          .toString()
          .trim();
        expect(pid).toMatch(/^\d+$/);
        await waitUntil('the command is gone', async () => (await host.stat(`/proc/${pid}`)) === undefined);
      });
      it('kills a command that ignores being told to end', { timeout: 20_000 }, async () => {
        const mark = `${base}/started-stubborn`;
        const script = 'trap "" TERM; echo $$ >"$1"; while :; do sleep 1; done';
        const error = await failure(host.run(['sh', '-c', script, 'sh', mark], { timeoutMs: 700 }));
        expect(error.code).toBe('timeout');
        const pid = Buffer.from((await host.readFile(mark)) ?? '')
          .toString()
          .trim();
        await waitUntil('the command is gone', async () => (await host.stat(`/proc/${pid}`)) === undefined);
      });
      it('ends the command when the signal aborts', async () => {
        const mark = `${base}/started-aborted`;
        const abort = new AbortController();
        const running = failure(
          host.run(['sh', '-c', 'echo $$ >"$1"; sleep 600', 'sh', mark], { signal: abort.signal }),
        );
        await waitUntil('it runs', async () => ((await host.stat(mark))?.sizeBytes ?? 0) > 0);
        abort.abort();
        expect((await running).code).toBe('interrupted');
        const pid = Buffer.from((await host.readFile(mark)) ?? '')
          .toString()
          .trim();
        await waitUntil('the command is gone', async () => (await host.stat(`/proc/${pid}`)) === undefined);
        expect((await failure(host.run(['true'], { signal: abort.signal }))).code).toBe('interrupted');
      });
      it('runs many at a time', { timeout: 30_000 }, async () => {
        const results = await Promise.all(Array.from({ length: 25 }, (_, i) => host.run(['echo', String(i)])));
        expect(results.map((result) => result.stdout)).toEqual(Array.from({ length: 25 }, (_, i) => `${i}\n`));
      });
      it('refuses what cannot be a command', async () => {
        expect((await failure(host.run([]))).code).toBe('bug');
        expect((await failure(host.run(['-x']))).code).toBe('bug');
        expect((await failure(host.run(['echo', 'a\0b']))).code).toBe('bug');
        expect((await failure(host.run(['echo', 'x'.repeat(200_000)]))).code).toBe('bug');
      });
    });

    describe('query', () => {
      it('runs reading commands', async () => {
        expect(await host.query(['uname', '-s'])).toEqual({ code: 0, stdout: 'Linux\n', stderr: '' });
      });
      it('refuses the others', async () => {
        expect((await failure(host.query(['touch', `${base}/touched`]))).code).toBe('bug');
        expect(await host.stat(`${base}/touched`)).toBeUndefined();
      });
    });

    describe('readFile', () => {
      it('tells a missing file from an empty one', async () => {
        await host.writeFile(`${base}/empty`, '', { mode: 0o644 });
        expect((await host.readFile(`${base}/empty`))?.byteLength).toBe(0);
        expect(await host.readFile(`${base}/missing`)).toBeUndefined();
        expect(await host.readFile(`${base}/missing/deeper`)).toBeUndefined();
        expect(await host.readFile(`${base}/empty/deeper`)).toBeUndefined();
      });
      it('follows links and reads what has no size', async () => {
        await host.makeLink(`${base}/self`, '/proc/self/cmdline');
        expect(Buffer.from((await host.readFile(`${base}/self`)) ?? '').toString()).toContain('cat');
      });
      it('fails for a directory, and for a relative path', async () => {
        const error = await failure(host.readFile(base));
        expect([error.code, error.message]).toEqual(['failed', expect.stringContaining(`read ${base}`)]);
        expect((await failure(host.readFile('etc/passwd'))).code).toBe('bug');
      });
    });

    describe('stat', () => {
      it('tells types, modes, owners and sizes', async () => {
        await host.writeFile(`${base}/s-file`, '12345', { mode: 0o640, uid: 12, gid: 34 });
        await host.makeDirectory(`${base}/s-dir`, 0o1751);
        await host.makeLink(`${base}/s-link`, 'no where\nat all\n');
        expect(await host.stat(`${base}/s-file`)).toEqual({
          type: 'file',
          mode: 0o640,
          uid: 12,
          gid: 34,
          sizeBytes: 5,
        });
        expect(await host.stat(`${base}/s-dir/`)).toMatchObject({ type: 'directory', mode: 0o1751, uid: 0, gid: 0 });
        expect(await host.stat(`${base}/s-link`)).toMatchObject({ type: 'symlink', linkTarget: 'no where\nat all\n' });
        expect(await host.stat('/dev/null')).toMatchObject({ type: 'other' });
        expect(await host.stat(`${base}/s-none`)).toBeUndefined();
        expect(await host.stat(`${base}/s-file/below`)).toBeUndefined();
      });
    });

    describe('list', () => {
      it('gives all names, sorted, whatever they are', async () => {
        const names = ['-rf', '.hidden', 'a\nb', 'b c', 'ä', '*', "q'"];
        await host.makeDirectory(`${base}/l`, 0o755);
        for (const name of names) await host.writeFile(`${base}/l/${name}`, 'x', { mode: 0o644 });
        expect(await host.list(`${base}/l`)).toEqual([...names].sort());
        await host.makeLink(`${base}/l-link`, 'l');
        expect(await host.list(`${base}/l-link`)).toEqual([...names].sort());
      });
      it('is empty for nothing, and fails for a file', async () => {
        expect(await host.list(`${base}/l-none`)).toEqual([]);
        await host.writeFile(`${base}/l-file`, '', { mode: 0o644 });
        expect((await failure(host.list(`${base}/l-file`))).code).toBe('failed');
      });
    });

    describe('writeFile', () => {
      it('makes the file and its directories', async () => {
        const path = `${base}/w1/w2/file`;
        await host.writeFile(path, 'new\n', { mode: 0o600 });
        expect(Buffer.from((await host.readFile(path)) ?? '').toString()).toBe('new\n');
        expect(await host.stat(path)).toMatchObject({ type: 'file', mode: 0o600, uid: 0, gid: 0 });
        expect((await host.stat(`${base}/w1`))?.mode).toBe(0o755);
        expect((await host.stat(`${base}/w1/w2`))?.mode).toBe(0o755);
      });
      it('replaces content and mode, and keeps the owner unless it is given', async () => {
        const path = `${base}/w-owned`;
        await host.writeFile(path, 'a', { mode: 0o600, uid: 12, gid: 34 });
        await host.writeFile(path, 'b', { mode: 0o644 });
        expect(await host.stat(path)).toMatchObject({ mode: 0o644, uid: 12, gid: 34 });
        await host.writeFile(path, 'c', { mode: 0o4755, uid: 0 });
        expect(await host.stat(path)).toMatchObject({ mode: 0o4755, uid: 0, gid: 34 });
      });
      it('is a new file renamed into place: who has the old one open reads it to its end', async () => {
        const path = `${base}/w-atomic`;
        await host.writeFile(path, 'old', { mode: 0o644 });
        const inode = async () => (await host.run(['stat', '-c', '%i', path])).stdout;
        const before = await inode();
        await host.run(['ln', path, `${path}-kept`]);
        await host.writeFile(path, 'new', { mode: 0o644 });
        expect(await inode()).not.toBe(before);
        expect(Buffer.from((await host.readFile(`${path}-kept`)) ?? '').toString()).toBe('old');
      });
      it('writes through links, also relative, chained and dangling ones', async () => {
        await host.writeFile(`${base}/t/real`, 'old', { mode: 0o644 });
        await host.makeLink(`${base}/t/one`, 'real');
        await host.makeLink(`${base}/t-two`, `${base}/t/one`);
        await host.writeFile(`${base}/t-two`, 'new', { mode: 0o644 });
        expect(Buffer.from((await host.readFile(`${base}/t/real`)) ?? '').toString()).toBe('new');
        expect((await host.stat(`${base}/t-two`))?.type).toBe('symlink');
        await host.makeLink(`${base}/t-dangling`, 't/made by it/file');
        await host.writeFile(`${base}/t-dangling`, 'x', { mode: 0o644 });
        expect(Buffer.from((await host.readFile(`${base}/t/made by it/file`)) ?? '').toString()).toBe('x');
      });
      it('fails for a directory and for a loop of links, and leaves nothing behind', async () => {
        await host.makeDirectory(`${base}/w-dir`, 0o755);
        expect((await failure(host.writeFile(`${base}/w-dir`, 'x', { mode: 0o644 }))).message).toContain('directory');
        await host.makeLink(`${base}/w-loop`, 'w-loop');
        expect((await failure(host.writeFile(`${base}/w-loop`, 'x', { mode: 0o644 }))).message).toContain('symbolic');
        expect((await failure(host.writeFile('/proc/nothing/x', 'x', { mode: 0o644 }))).code).toBe('failed');
        expect(await host.list(`${base}/w-dir`)).toEqual([]);
        expect(await leftovers()).toEqual([]);
      });
      it('takes awkward names and any bytes', async () => {
        const path = `${base}/-n $(id) 'q' "d"\n*é`;
        const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
        await host.writeFile(path, bytes, { mode: 0o644 });
        expect(Buffer.from(bytes).equals((await host.readFile(path)) ?? new Uint8Array())).toBe(true);
        await host.remove(path);
        expect(await host.stat(path)).toBeUndefined();
      });
    });

    describe('appendFile', () => {
      it('creates with mode 0600, then adds at the end and keeps the file', async () => {
        const path = `${base}/a/journal`;
        await host.appendFile(path, 'one\n');
        expect((await host.stat(path))?.mode).toBe(0o600);
        await host.run(['chmod', '640', path]);
        await host.appendFile(path, 'two\n');
        await host.appendFile(path, '');
        expect(Buffer.from((await host.readFile(path)) ?? '').toString()).toBe('one\ntwo\n');
        expect((await host.stat(path))?.mode).toBe(0o640);
        expect(await host.list(`${base}/a`)).toEqual(['journal']);
      });
    });

    describe('createExclusive', () => {
      it('creates once; of many at a time one wins, with its whole content', { timeout: 20_000 }, async () => {
        const path = `${base}/e/lock`;
        const tries = Array.from({ length: 8 }, (_, i) => host.createExclusive(path, `owner ${i}`));
        const settled = await Promise.allSettled(tries);
        const won = settled.flatMap((one, i) => (one.status === 'fulfilled' ? [i] : []));
        expect(won).toHaveLength(1);
        for (const one of settled) {
          if (one.status === 'rejected') expect((one.reason as MigrateError).code).toBe('blocked');
        }
        expect(Buffer.from((await host.readFile(path)) ?? '').toString()).toBe(`owner ${won[0]}`);
        expect(await host.list(`${base}/e`)).toEqual(['lock']);
        expect((await host.stat(path))?.mode).toBe(0o600);
      });
      it('is blocked by a directory and by a dangling link', async () => {
        await host.makeDirectory(`${base}/e-dir`, 0o755);
        await host.makeLink(`${base}/e-link`, 'nowhere');
        expect((await failure(host.createExclusive(`${base}/e-dir`, ''))).code).toBe('blocked');
        expect((await failure(host.createExclusive(`${base}/e-link`, ''))).code).toBe('blocked');
        expect(await host.list(`${base}/e-dir`)).toEqual([]);
      });
      it('fails, and is not blocked, where it cannot create', async () => {
        expect((await failure(host.createExclusive('/proc/nothing/x', ''))).code).toBe('failed');
      });
    });

    describe('makeDirectory, remove, makeLink', () => {
      it('makes directories with their parents, and leaves one that is there as it is', async () => {
        await host.makeDirectory(`${base}/d1/d2`, 0o700);
        expect((await host.stat(`${base}/d1`))?.mode).toBe(0o755);
        expect((await host.stat(`${base}/d1/d2`))?.mode).toBe(0o700);
        await host.makeDirectory(`${base}/d1/d2`, 0o755);
        expect((await host.stat(`${base}/d1/d2`))?.mode).toBe(0o700);
        await host.writeFile(`${base}/d-file`, '', { mode: 0o644 });
        expect((await failure(host.makeDirectory(`${base}/d-file`, 0o755))).code).toBe('failed');
      });
      it('removes files, links and empty directories only', async () => {
        await host.writeFile(`${base}/r/kept`, 'x', { mode: 0o644 });
        await host.makeLink(`${base}/r-link`, 'r');
        await host.remove(`${base}/r-link/`);
        expect(await host.stat(`${base}/r-link`)).toBeUndefined();
        expect(await host.list(`${base}/r`)).toEqual(['kept']);
        expect((await failure(host.remove(`${base}/r`))).message).toMatch(/not empty/i);
        await host.remove(`${base}/r/kept`);
        await host.remove(`${base}/r`);
        await host.remove(`${base}/r`);
        await host.remove(`${base}/never/was`);
        expect(await host.stat(`${base}/r`)).toBeUndefined();
      });
      it('makes links, replaces links and files, and never writes into a directory behind one', async () => {
        await host.makeDirectory(`${base}/k-dir`, 0o755);
        await host.makeLink(`${base}/k`, 'k-dir');
        await host.makeLink(`${base}/k`, '-n $x');
        expect((await host.stat(`${base}/k`))?.linkTarget).toBe('-n $x');
        expect(await host.list(`${base}/k-dir`)).toEqual([]);
        expect((await failure(host.makeLink(`${base}/k-dir`, 'x'))).code).toBe('failed');
        expect(await host.list(`${base}/k-dir`)).toEqual([]);
      });
    });

    describe('dial', () => {
      it('reaches a socket both ways, for several clients, until it is closed', { timeout: 40_000 }, async () => {
        const echo = await echoServer(`${base}/echo.sock`);
        try {
          const socket = await host.dial(echo.path);
          const sent = [randomBytes(3_000_000), randomBytes(10), randomBytes(70_000)];
          const got = await Promise.all(sent.map((bytes) => talk(socket.path, bytes)));
          expect(got.map((bytes, i) => bytes.equals(sent[i] ?? bytes))).toEqual([true, true, true]);
          expect(Buffer.byteLength(socket.path)).toBeLessThan(104);
          await socket.close();
          await socket.close();
          if (socket.path !== echo.path) await expect(talk(socket.path, randomBytes(1))).rejects.toThrow();
        } finally {
          await echo.close();
        }
      });
      it('tells a missing socket from one that nobody listens on', async () => {
        expect((await failure(host.dial(`${base}/no.sock`))).code).toBe('not-found');
        await host.writeFile(`${base}/file.sock`, '', { mode: 0o644 });
        expect((await failure(host.dial(`${base}/file.sock`))).code).toBe('not-found');
        // What systemctl leaves of /run/docker.sock: bound once, closed since.
        const bind =
          'require("net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))';
        await host.run([process.execPath, '-e', bind, `${base}/dead.sock`]);
        expect((await host.stat(`${base}/dead.sock`))?.type).toBe('socket');
        const error = await failure(host.dial(`${base}/dead.sock`));
        expect([error.code, error.message]).toEqual(['unreachable', expect.stringContaining('dead.sock')]);
      });
    });
  });
}
