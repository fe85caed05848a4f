import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeUnder } from '../../src/cli/write-under.js';
import { folderOf } from '../collect/folder-of.js';

const FILES = [
  { path: '/etc/containerd/config.toml', mode: 0o644, content: 'version = 2\n' },
  { path: '/var/lib/kubelet/config.json', mode: 0o600, content: '{}\n' },
];
const names = (dir: string): string[] => readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort();

describe('writeUnder', () => {
  it('writes files below the folder with their modes, whatever the umask', async () => {
    const dir = join(folderOf({}), 'new', 'out');
    const before = process.umask(0o077);
    try {
      await writeUnder(dir, FILES, false);
    } finally {
      process.umask(before);
    }
    for (const { path, mode, content } of FILES) {
      expect(readFileSync(join(dir, path), 'utf8')).toBe(content);
      expect(statSync(join(dir, path)).mode & 0o7777).toBe(mode);
    }
    expect(names(dir).filter((name) => name.includes('migrate-new'))).toEqual([]);
  });

  it('writes the same again, and leaves alone what else is there', async () => {
    const dir = folderOf({ 'etc/containerd/config.toml': 'version = 2\n', 'etc/other': 'mine' });
    await writeUnder(dir, FILES, false);
    await writeUnder(dir, FILES, false);
    expect(readFileSync(join(dir, 'etc/other'), 'utf8')).toBe('mine');
  });

  it('writes nothing at all where one file is there with another content, unless it is to', async () => {
    const dir = folderOf({ 'var/lib/kubelet/config.json': '{"mine": 1}' });
    await expect(writeUnder(dir, FILES, false)).rejects.toMatchObject({
      code: 'input',
      message: expect.stringContaining('var/lib/kubelet/config.json is there with another content') as string,
      hint: expect.stringContaining('--force') as string,
    });
    expect(existsSync(join(dir, 'etc'))).toBe(false);
    await writeUnder(dir, FILES, true);
    expect(readFileSync(join(dir, 'var/lib/kubelet/config.json'), 'utf8')).toBe('{}\n');
  });

  it.each([true, false])('follows no link out of the folder (overwriting: %s)', async (overwrite) => {
    const outside = folderOf({ 'config.toml': 'not to be touched' });
    const dir = folderOf({});
    symlinkSync(outside, join(dir, 'etc'));
    await expect(writeUnder(dir, FILES, overwrite)).rejects.toThrow('etc is a link');
    const other = folderOf({ 'etc/containerd/x': '' });
    symlinkSync(join(outside, 'config.toml'), join(other, 'etc/containerd/config.toml'));
    await expect(writeUnder(other, FILES, overwrite)).rejects.toThrow('config.toml is a link');
    expect(readFileSync(join(outside, 'config.toml'), 'utf8')).toBe('not to be touched');
    expect(names(outside)).toEqual(['config.toml']);
  });

  it('says what is in the way', async () => {
    const dir = folderOf({ etc: 'a file' });
    await expect(writeUnder(dir, FILES, true)).rejects.toThrow(/etc is no folder$/);
    await expect(writeUnder(join(dir, 'etc'), FILES, true)).rejects.toThrow('cannot be written under');
    const taken = folderOf({});
    mkdirSync(join(taken, 'var/lib/kubelet/config.json'), { recursive: true });
    await expect(writeUnder(taken, FILES, true)).rejects.toThrow('config.json is no file');
  });
});
