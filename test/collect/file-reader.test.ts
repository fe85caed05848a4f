import { describe, expect, it } from 'vitest';
import { expandGlob } from '../../src/collect/expand-glob.js';
import { fileFacts } from '../../src/collect/file-facts.js';
import { createFileReader } from '../../src/collect/file-reader.js';
import { sha256 } from '../../src/core/digest.js';
import type { ReadHost } from '../../src/core/ports.js';
import { fakeReadHost } from './fake-read-host.js';

const bytesOf = async (host: ReadHost, ...paths: string[]) => {
  const reader = createFileReader(host);
  const files = await Promise.all(paths.map((path) => reader.read(path)));
  return files.map((file) => (file?.kind === 'file' ? Buffer.from(file.bytes).toString('latin1') : file?.kind));
};

describe('the file reader', () => {
  it('reads many files by two commands, to the byte', async () => {
    const files = { '/a': 'no newline', '/b': '', '/c': '\nempty lines\n\n', '/d': '\uFEFFgrün\n', '/e f': "quote'd" };
    const host = fakeReadHost({ files });
    const reader = createFileReader(host);
    const read = await Promise.all(Object.keys(files).map((path) => reader.read(path)));
    const texts = read.map((file) => (file?.kind === 'file' ? Buffer.from(file.bytes).toString('utf8') : undefined));
    expect(texts).toEqual(Object.values(files));
    expect(host.calls).toEqual(['query stat -L -c %f %s %n -- /a /b /c /d /e f', 'query cat -- /a /b /c /d /e f']);
  });

  it('asks for a file once', async () => {
    const host = fakeReadHost({ files: { '/a': 'x' } });
    const reader = createFileReader(host);
    await Promise.all([reader.read('/a'), reader.read('/a')]);
    await reader.read('/a');
    expect(host.calls.length).toBe(2);
  });

  it('reads alone, and whole, what is no UTF-8', async () => {
    const latin = Buffer.from([0x67, 0x72, 0xfc, 0x6e]);
    expect(await bytesOf(fakeReadHost({ files: { '/a': latin, '/b': 'text' } }), '/a', '/b')).toEqual([
      'gr\xfcn',
      'text',
    ]);
  });

  it('does not let one such file among many cost a call for each of them', async () => {
    const many = Object.fromEntries(Array.from({ length: 64 }, (_, index) => [`/f${index}`, `${index}`]));
    const host = fakeReadHost({ files: { ...many, '/f40': Buffer.from([0xff]) } });
    const expected = Object.keys(many).map((path) => (path === '/f40' ? '\xff' : path.slice(2)));
    expect(await bytesOf(host, ...Object.keys(many))).toEqual(expected);
    expect(host.calls.length).toBeLessThan(20);
  });

  it('does not cut at the wrong place when a file grows between the two commands', async () => {
    const files = { '/a': 'grown since', '/b': 'text' };
    const host = fakeReadHost({ files, answers: { 'stat -L': '81a4 5 /a\n81a4 4 /b\n' } });
    expect(await bytesOf(host, '/a', '/b')).toEqual(['grown since', 'text']);
  });

  it('tells missing files, directories and dangling links', async () => {
    const host = fakeReadHost({ files: { '/dir/a': 'x' }, links: { '/dangling': '/nowhere', '/good': 'dir/a' } });
    expect(await bytesOf(host, '/gone', '/dir', '/dangling', '/good')).toEqual([undefined, 'other', undefined, 'x']);
  });

  it('fails on a file that may not be read, and only on that', async () => {
    const reader = createFileReader(fakeReadHost({ files: { '/a': 'x' }, forbidden: ['/secret'] }));
    const [a, secret] = await Promise.allSettled([reader.read('/a'), reader.read('/secret')]);
    expect(a.status).toBe('fulfilled');
    expect(secret).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringContaining('Permission denied') as string },
    });
  });

  it('does not believe a message that it cannot read', async () => {
    const stderr = 'stat: »/gone« konnte nicht abgefragt werden: Datei oder Verzeichnis nicht gefunden\n';
    const host = fakeReadHost({ answers: { 'stat -L': { code: 1, stderr } } });
    expect(await bytesOf(host, '/gone')).toEqual([undefined]);
    expect(host.calls).toContain('stat /gone');
  });

  it('leaves long files where they are', async () => {
    const sum = 'ab'.repeat(32);
    const host = fakeReadHost({
      files: { '/a': 'x' },
      answers: {
        'stat -L -c %f': '81a4 2000000 /long\n81a4 1 /a\n',
        'stat -L -c %s': '2000000\n',
        sha256sum: `${sum}  /long\n`,
      },
    });
    const reader = createFileReader(host);
    const [long, a] = await Promise.all([reader.read('/long'), reader.read('/a')]);
    expect(long).toEqual({ kind: 'large', sizeBytes: 2_000_000, sha256: sum, mode: 0o644 });
    expect(a?.kind).toBe('file');
    expect(host.calls.some((call) => call.includes('cat') && call.includes('/long'))).toBe(false);
    await expect(reader.text('/long')).rejects.toThrow('/long on w9 is longer than 1048576 bytes');
  });

  it('tells lines of one file of /proc from those of another', async () => {
    const files = { '/proc/sys/a': '1\n', '/proc/sys/ab': '/proc/sys/a:2\n', '/proc/7/cmdline': 'x\0y\0' };
    const reader = createFileReader(fakeReadHost({ files }));
    const texts = await Promise.all([...Object.keys(files), '/proc/none'].map((path) => reader.text(path)));
    expect(texts).toEqual(['1', '/proc/sys/a:2', 'x\0y\0', undefined]);
  });

  it('lists directories: full, empty, missing, linked', async () => {
    const host = fakeReadHost({ files: { '/d/b': '', '/d/a/x': '' }, emptyDirs: ['/e'], links: { '/l': '/d' } });
    const reader = createFileReader(host);
    const lists = await Promise.all(['/d', '/e', '/none', '/l'].map((dir) => reader.list(dir)));
    expect(lists).toEqual([['a', 'b'], [], [], ['a', 'b']]);
    expect(host.calls.length).toBe(1);
  });

  it('fails on a directory that may not be listed, and only on that', async () => {
    const reader = createFileReader(fakeReadHost({ files: { '/d/b': '' }, emptyDirs: ['/e'], forbidden: ['/secret'] }));
    const lists = await Promise.allSettled(['/d', '/secret', '/e'].map((dir) => reader.list(dir)));
    expect(lists.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});

describe('expandGlob', () => {
  const reader = createFileReader(
    fakeReadHost({ files: { '/d/a.conf': '', '/d/b.conf.bak': '', '/d/c1.toml': '', '/d/.x.conf': '' } }),
  );
  it.each([
    ['/d/*.conf', ['/d/a.conf']],
    ['/d/?1.toml', ['/d/c1.toml']],
    ['/d/[!ab]*', ['/d/c1.toml']],
    ['/d/.*', ['/d/.x.conf']],
    ['/d/plain', ['/d/plain']],
    ['/d/[', []],
    ['/none/*', []],
  ])('%s', async (pattern, paths) => {
    expect(await expandGlob(reader, pattern)).toEqual(paths);
  });
});

describe('fileFacts', () => {
  const file = (bytes: Uint8Array) => fileFacts('/etc/x', { kind: 'file', bytes, mode: 0o600 });

  it('keeps a text, and its sum is that of the content', () => {
    const facts = file(Buffer.from('\uFEFFa = 1\n'));
    expect(facts).toEqual({
      exists: true,
      sha256: sha256('\uFEFFa = 1\n'),
      mode: 0o600,
      content: '\uFEFFa = 1\n',
      whole: true,
    });
    expect(sha256(facts.content)).toBe(facts.sha256);
  });

  it.each([
    ['a NUL byte', Buffer.from('a\0b')],
    ['no UTF-8', Buffer.from([0xff, 0xfe, 0x00])],
  ])('shows by its sum that %s was left out', (_name, bytes) => {
    const facts = file(bytes);
    expect(facts.sha256).toBe(sha256(bytes));
    expect(sha256(facts.content)).not.toBe(facts.sha256);
    expect(facts.whole).toBe(false);
  });

  it('has a marker in the place of a secret, and the sum of the true text', () => {
    const bytes = Buffer.from('proxy=http://joe:hunter2@p');
    const facts = file(bytes);
    expect(facts).toMatchObject({ sha256: sha256(bytes), whole: true });
    expect(facts.content).toMatch(/^proxy=http:\/\/joe:SECRET-[0-9a-f]{12}-1@p$/);
  });

  it('says that there is none', () => {
    expect(fileFacts('/etc/x', undefined)).toEqual({ exists: false, sha256: '', mode: 0, content: '', whole: true });
  });
});
