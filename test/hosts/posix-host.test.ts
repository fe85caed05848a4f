import { mkdtemp, rm } from 'node:fs/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { posixHost } from '../../src/hosts/posix-host.js';
import type { Shell } from '../../src/hosts/shell.js';
import { failure } from './host-contract.js';
import { missing } from './missing.js';

/** A shell that runs the scripts by another `sh` and, where a PATH is given, with the tools of that directory alone. */
const shellBy = (sh: readonly string[], path: string | undefined): Shell => ({
  name: 'here',
  via: 'local',
  exec: async ([program = '', ...args], options = {}) => {
    const [file = '', ...rest] = program === 'sh' ? [...sh, ...args] : [program, ...args];
    const { exitCode, stdout, stderr } = await execa(
      path === undefined ? file : file.replace(/^(?!\/)/, `${path}/`),
      rest,
      {
        reject: false,
        encoding: 'buffer',
        stripFinalNewline: false,
        input: options.input ?? '',
        env: { LC_ALL: 'C', ...(path === undefined ? {} : { PATH: path }) },
      },
    );
    return { code: exitCode ?? -1, stdout, stderr: Buffer.from(stderr).toString() };
  },
  pipe: () => Promise.reject(new Error('not needed here')),
});

const lacking = missing('root', 'dash', 'bash', 'busybox');

describe.skipIf(lacking !== '')(`posixHost by any POSIX shell${lacking}`, () => {
  let base: string;
  let applets: string;
  beforeAll(async () => {
    base = await mkdtemp('/tmp/migrate-posix-');
    applets = `${base}/applets`;
    await execa('mkdir', [applets]);
    await execa('busybox', ['--install', '-s', applets]);
  });
  afterAll(() => rm(base, { recursive: true, force: true }));

  for (const [title, sh, busyboxOnly] of [
    ['dash', ['/usr/bin/dash'], false],
    ['bash', ['/usr/bin/bash', '--posix'], false],
    ['busybox, with its tools alone', ['busybox', 'sh'], true],
  ] as const) {
    it(`works by ${title}`, { timeout: 30_000 }, async () => {
      const host = posixHost(shellBy(sh, busyboxOnly ? applets : undefined), () => Promise.reject(new Error('no')));
      const dir = `${base}/${title.replaceAll(/\W/g, '')} it's`;
      const text = async (path: string) => Buffer.from((await host.readFile(path)) ?? '').toString();

      await host.writeFile(`${dir}/a/f`, 'one', { mode: 0o640, uid: 5 });
      expect(await host.stat(`${dir}/a/f`)).toEqual({ type: 'file', mode: 0o640, uid: 5, gid: 0, sizeBytes: 3 });
      await host.makeLink(`${dir}/link`, 'a/f');
      await host.writeFile(`${dir}/link`, 'two\n', { mode: 0o600 });
      expect(await text(`${dir}/a/f`)).toBe('two\n');
      expect(await host.stat(`${dir}/link`)).toMatchObject({ type: 'symlink', linkTarget: 'a/f' });
      await host.appendFile(`${dir}/a/f`, 'three\n');
      expect(await text(`${dir}/link`)).toBe('two\nthree\n');
      await host.createExclusive(`${dir}/lock`, 'me');
      expect((await failure(host.createExclusive(`${dir}/lock`, 'you'))).code).toBe('blocked');
      expect(await text(`${dir}/lock`)).toBe('me');
      await host.makeDirectory(`${dir}/x/y`, 0o711);
      expect((await host.stat(`${dir}/x/y`))?.mode).toBe(0o711);
      expect(await host.list(dir)).toEqual(['a', 'link', 'lock', 'x']);
      expect((await failure(host.remove(`${dir}/x`))).message).toMatch(/not empty/i);
      await host.remove(`${dir}/x/y`);
      await host.remove(`${dir}/link`);
      expect(await host.list(dir)).toEqual(['a', 'lock', 'x']);
      expect(await host.readFile(`${dir}/none`)).toBeUndefined();
      expect(await host.stat(`${dir}/none`)).toBeUndefined();
      expect(await host.list(`${dir}/none`)).toEqual([]);
    });

    it(`puts nothing in place when the content is cut short, by ${title}`, async () => {
      const whole = shellBy(sh, busyboxOnly ? applets : undefined);
      const cut: Shell = { ...whole, exec: (argv, options) => whole.exec(argv, { ...options, input: 'half' }) };
      const host = posixHost(cut, () => Promise.reject(new Error('no')));
      const dir = `${base}/cut-${title.replaceAll(/\W/g, '')}`;
      await posixHost(whole, () => Promise.reject(new Error('no'))).writeFile(`${dir}/f`, 'old', { mode: 0o644 });
      const attempts = [
        () => host.writeFile(`${dir}/f`, 'half of this', { mode: 0o644 }),
        () => host.appendFile(`${dir}/f`, 'half of this'),
        () => host.createExclusive(`${dir}/g`, 'half of this'),
      ];
      for (const attempt of attempts) expect((await failure(attempt())).message).toContain('did not arrive whole');
      expect(await host.list(dir)).toEqual(['f']);
      expect(Buffer.from((await host.readFile(`${dir}/f`)) ?? '').toString()).toBe('old');
    });
  }
});
