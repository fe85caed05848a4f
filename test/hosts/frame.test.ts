import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { frame } from '../../src/hosts/frame.js';
import { frameGroup } from '../../src/hosts/frame-group.js';
import { unframe } from '../../src/hosts/unframe.js';
import { missing } from './missing.js';

const bytes = (text: string): Uint8Array => Buffer.from(text);

describe('frame', () => {
  for (const [shell, lacking] of [
    [['dash'], missing('dash')],
    [['bash'], missing('bash')],
    [['busybox', 'sh'], missing('busybox')],
  ] as const) {
    it.skipIf(lacking !== '')(
      `tells a command's own output and code through ${shell.join(' ')}${lacking}`,
      async () => {
        for (const code of [0, 3, 127, 255]) {
          const { argv, mark } = frame(['/bin/sh', '-c', 'printf out; printf err >&2; exit "$1"', 'sh', String(code)], {
            sudo: false,
          });
          const [file = '', ...args] = [...shell, ...argv.slice(1)];
          const child = execa(file, args, {
            reject: false,
            encoding: 'buffer',
            stripFinalNewline: false,
            detached: true,
          });
          const { exitCode, stdout, stderr } = await child;
          expect(unframe(mark, { exitCode, stdout, stderr })).toEqual({
            kind: 'ended',
            code,
            stdout: Buffer.from('out'),
            stderr: 'err',
          });
          expect(frameGroup(Buffer.from(stderr).toString(), mark)).toBe(child.pid);
        }
      },
    );
  }

  it('goes through sudo without asking', () => {
    expect(frame(['id'], { sudo: true }).argv.slice(0, 4)).toEqual(['sudo', '-n', '--', 'sh']);
  });

  it('uses another mark each time', () => {
    expect(frame(['id'], { sudo: false }).mark).not.toBe(frame(['id'], { sudo: false }).mark);
  });
});

describe('unframe', () => {
  const mark = 'migrate-0123';

  it('drops what came before the marks', () => {
    const raw = { exitCode: 0, stdout: bytes(`Welcome\n${mark}own\n`), stderr: bytes(`Banner\n${mark} 77\nown err\n`) };
    expect(unframe(mark, raw)).toEqual({ kind: 'ended', code: 0, stdout: Buffer.from('own\n'), stderr: 'own err\n' });
  });
  it('takes 255 without its confirmation for a broken connection', () => {
    const raw = {
      exitCode: 255,
      stdout: bytes(mark),
      stderr: bytes(`${mark} 77\nclient_loop: send disconnect: Broken pipe\n`),
    };
    expect(unframe(mark, raw)).toMatchObject({
      kind: 'lost',
      stderr: expect.stringContaining('Broken pipe') as string,
    });
  });
  it('takes 255 with its confirmation for an answer', () => {
    const raw = { exitCode: 255, stdout: bytes(mark), stderr: bytes(`${mark} 77\nmine${mark}`) };
    expect(unframe(mark, raw)).toMatchObject({ kind: 'ended', code: 255, stderr: 'mine' });
  });
  it('knows that without marks nothing was started', () => {
    const raw = { exitCode: 1, stdout: bytes(''), stderr: bytes('sudo: a password is required\n') };
    expect(unframe(mark, raw)).toEqual({ kind: 'not-started', exitCode: 1, stderr: 'sudo: a password is required\n' });
  });
  it('takes an end by a signal for lost', () => {
    const raw = { exitCode: undefined, stdout: bytes(mark), stderr: bytes(`${mark} 77\n`) };
    expect(unframe(mark, raw)).toMatchObject({ kind: 'lost' });
  });
});
