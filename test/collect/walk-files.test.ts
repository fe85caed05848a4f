import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileBytesReader } from '../../src/collect/file-bytes.js';
import { walkFiles } from '../../src/collect/walk-files.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'walk-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const walked = (excluded: (name: string) => boolean = () => false): Record<string, string> =>
  Object.fromEntries(
    [...walkFiles([folder], { from: folder, excluded })].map(({ name, problem }) => [name, problem ?? 'file']),
  );

describe('walkFiles', () => {
  it('goes through folders by name and leaves out what other programs keep', () => {
    for (const name of ['b/two.yaml', 'a.yaml', '.git/config', 'node_modules/x/y.yaml', '.github/workflow.yaml']) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), '');
    }
    expect(Object.keys(walked())).toEqual(['.github/workflow.yaml', 'a.yaml', 'b/two.yaml']);
    expect(Object.keys(walked((name) => name === 'b'))).toEqual(['.github/workflow.yaml', 'a.yaml']);
  });

  it('tells what is no file, and goes on', () => {
    writeFileSync(join(folder, 'z.yaml'), '');
    symlinkSync('nowhere', join(folder, 'dangling'));
    symlinkSync('loop', join(folder, 'loop'));
    symlinkSync('.', join(folder, 'self'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(walked()).toEqual({
      dangling: expect.stringContaining('does not exist'),
      loop: expect.stringContaining('back to itself'),
      self: expect.stringContaining('contains it'),
      pipe: expect.stringContaining('FIFO'),
      'z.yaml': 'file',
    });
  });

  it('follows links to files and folders, each folder once', () => {
    mkdirSync(join(folder, 'real'));
    writeFileSync(join(folder, 'real/a.yaml'), '');
    symlinkSync('real/a.yaml', join(folder, 'link.yaml'));
    symlinkSync('real', join(folder, 'again'));
    expect(Object.keys(walked())).toEqual(['again/a.yaml', 'link.yaml']);
  });
});

describe('fileBytesReader', () => {
  it('reads files of any length up to its limit, whatever it read before', () => {
    const read = fileBytesReader();
    for (const length of [3 << 20, 0, 5, (1 << 20) - 1, 1 << 20, (1 << 20) + 1]) {
      const path = join(folder, String(length));
      writeFileSync(path, Buffer.alloc(length, length % 251));
      const content = read(path);
      if (!('bytes' in content)) throw new Error('too long');
      expect(content.bytes.length).toBe(length);
      expect(content.bytes.every((byte) => byte === length % 251)).toBe(true);
    }
  });

  it('does not read what is too long', () => {
    const path = join(folder, 'long');
    writeFileSync(path, '');
    execFileSync('truncate', ['-s', '100M', path]);
    expect(fileBytesReader()(path)).toEqual({ tooLong: true });
  });
});
