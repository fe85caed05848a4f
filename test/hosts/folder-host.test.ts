import { execFileSync } from 'node:child_process';
import { chmodSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderHost } from '../../src/hosts/folder-host.js';
import { oneFileHost } from '../../src/hosts/one-file-host.js';
import { folderOf } from '../collect/folder-of.js';

const hostOf = (files: Readonly<Record<string, string>>) => {
  const root = folderOf(files);
  return { root, host: folderHost({ name: 'a folder', root }) };
};
const textOf = async (host: ReturnType<typeof folderHost>, path: string): Promise<string | undefined> => {
  const bytes = await host.readFile(path);
  return bytes === undefined ? undefined : Buffer.from(bytes).toString();
};

describe('folderHost', () => {
  it('reads what is there and says what is not', async () => {
    const { host } = hostOf({ 'etc/docker/daemon.json': '{}', 'etc/docker/key.json': 'k' });
    expect(await textOf(host, '/etc/docker/daemon.json')).toBe('{}');
    expect(await host.readFile('/etc/docker/other.json')).toBeUndefined();
    expect(await host.readFile('/etc/docker/daemon.json/x')).toBeUndefined();
    expect(await host.stat('/etc/docker')).toMatchObject({ type: 'directory' });
    expect(await host.stat('/etc/crio')).toBeUndefined();
    expect(await host.list('/etc/docker/')).toEqual(['daemon.json', 'key.json']);
    expect(await host.list('/etc/crio')).toEqual([]);
    expect(await host.list('/etc/docker/daemon.json')).toEqual([]);
  });

  it('follows links as if the folder were the root', async () => {
    const { host } = hostOf({
      'usr/lib/systemd/system/docker.service': 'unit',
      lib: '→ /usr/lib',
      'etc/systemd/system/docker.service': '→ /lib/systemd/system/docker.service',
      'etc/up': '→ ../../../../usr/lib/systemd/system/docker.service',
    });
    expect(await textOf(host, '/lib/systemd/system/docker.service')).toBe('unit');
    expect(await textOf(host, '/etc/systemd/system/docker.service')).toBe('unit');
    expect(await textOf(host, '/etc/up')).toBe('unit');
    expect(await host.stat('/etc/up')).toMatchObject({ type: 'symlink' });
    expect(await host.list('/lib/systemd')).toEqual(['system']);
  });

  it('lets no path and no link lead out', async () => {
    const secret = folderOf({ 'secret.txt': 'out of reach' });
    const { host } = hostOf({
      'etc/a': `→ ${secret}/secret.txt`,
      'etc/b': `→ ${'../'.repeat(12)}${secret.slice(1)}/secret.txt`,
      'etc/c': `→ ${secret}`,
      'etc/here': 'here',
    });
    for (const path of ['/etc/a', '/etc/b', '/etc/c/secret.txt', `/../../..${secret}/secret.txt`]) {
      expect(await host.readFile(path), path).toBeUndefined();
    }
    expect(await host.list('/etc/c')).toEqual([]);
    expect(await textOf(host, '/../etc/here')).toBe('here');
  });

  it('says what cannot be read, and waits for nothing', async () => {
    const { host, root } = hostOf({ 'etc/loop': '→ pool', 'etc/pool': '→ loop', 'etc/huge': '' });
    truncateSync(join(root, 'etc/huge'), 2 ** 33);
    execFileSync('mkfifo', [join(root, 'etc/fifo')]);
    await expect(host.readFile('/etc/loop')).rejects.toThrow('/etc/loop in a folder is a loop of links');
    await expect(host.readFile('/etc/huge')).rejects.toThrow('/etc/huge in a folder is longer than 32 MiB');
    await expect(host.readFile('/etc/fifo')).rejects.toThrow('/etc/fifo in a folder is not a file');
    await expect(host.readFile('/etc')).rejects.toThrow('/etc in a folder is not a file');
  });

  it.skipIf(process.getuid?.() === 0)('says what may not be read', async () => {
    const { host, root } = hostOf({ 'etc/closed': 'x' });
    chmodSync(join(root, 'etc/closed'), 0);
    await expect(host.readFile('/etc/closed')).rejects.toThrow(
      '/etc/closed in a folder cannot be read: permission denied',
    );
  });

  it('runs no command', async () => {
    const { host } = hostOf({ 'etc/a': '' });
    expect(await host.query(['cat', '/etc/hostname'])).toEqual({
      code: 127,
      stdout: '',
      stderr: 'there are no commands in a folder',
    });
  });
});

describe('oneFileHost', () => {
  it('has one file and the directories that lead to it', async () => {
    const root = folderOf({ 'my.json': '{"debug": true}' });
    const host = oneFileHost({ name: 'my.json', file: join(root, 'my.json'), at: '/etc/docker/daemon.json' });
    expect(await textOf(host, '/etc/docker/daemon.json')).toBe('{"debug": true}');
    expect(await host.list('/')).toEqual(['etc']);
    expect(await host.list('/etc/docker/')).toEqual(['daemon.json']);
    expect(await host.list('/etc/docker/certs.d')).toEqual([]);
    expect(await host.stat('/etc/docker/daemon.json')).toMatchObject({ type: 'file' });
    expect(await host.stat('/etc')).toMatchObject({ type: 'directory' });
    expect(await host.stat('/etc/crio')).toBeUndefined();
    expect(await host.readFile('/my.json')).toBeUndefined();
  });
});
