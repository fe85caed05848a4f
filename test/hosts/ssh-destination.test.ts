import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MigrateError } from '../../src/core/errors.js';
import { sshConfigKnows } from '../../src/hosts/ssh-config-knows.js';
import { sshDestination } from '../../src/hosts/ssh-destination.js';
import { missing } from './missing.js';

const lacking = missing('ssh');

describe.skipIf(lacking !== '')(`sshConfigKnows${lacking}`, () => {
  let base: string;
  beforeAll(async () => {
    base = await mkdtemp('/tmp/migrate-sshconfig-');
  });
  afterAll(() => rm(base, { recursive: true, force: true }));

  let count = 0;
  const knows = async (name: string, config: string): Promise<boolean> => {
    const file = `${base}/config-${(count += 1)}`;
    await writeFile(file, config.replaceAll('BASE', base));
    return sshConfigKnows(name, file);
  };

  it('knows nobody by an empty file, nor by what holds for all', async () => {
    expect(await knows('w1', '')).toBe(false);
    expect(await knows('w1', 'User admin\nPort 2222\n')).toBe(false);
    expect(await knows('w1', 'Host *\n  User admin\n  ControlMaster auto\n  ControlPath ~/.ssh/%r@%h:%p\n')).toBe(
      false,
    );
    expect(await knows('w1', 'Host *\n  ControlPath ~/.ssh/%C\n  ProxyCommand nc %h %p\n  HostName %h.corp\n')).toBe(
      false,
    );
    expect(await knows('w1.corp', 'Host *.*\n  User admin\n')).toBe(false);
    expect(await knows('w1', 'Match all\n  User admin\n')).toBe(false);
  });
  it('knows a name by a Host line, even one that changes nothing', async () => {
    expect(await knows('w1', 'Host w1\n  HostName 192.0.2.1\n')).toBe(true);
    expect(await knows('w1', 'Host w1\n')).toBe(true);
    expect(await knows('w1', 'Host w1\n  Port 22\n')).toBe(true);
    expect(await knows('w1', 'host=w0 W1 w1\n')).toBe(true);
    expect(await knows('w2', 'Host w1\n  HostName 192.0.2.1\n')).toBe(false);
    expect(await knows('w10', 'Host w1\n  HostName 192.0.2.1\n')).toBe(false);
  });
  it('knows a name by a pattern, unless that is negated', async () => {
    expect(await knows('w1', 'Host w?\n  User admin\n')).toBe(true);
    expect(await knows('w1.corp', 'Host *.corp !w2.corp\n  User admin\n')).toBe(true);
    expect(await knows('w2.corp', 'Host *.corp !w2.corp\n  User admin\n')).toBe(false);
  });
  it('knows a name by a Match block, and by an included file', async () => {
    expect(await knows('w1', 'Match host w1\n  HostName 192.0.2.1\n')).toBe(true);
    expect(await knows('w2', 'Match host w1\n  HostName 192.0.2.1\n')).toBe(false);
    await writeFile(`${base}/included`, 'Host w1\n');
    expect(await knows('w1', 'Include BASE/included\n')).toBe(true);
    expect(await knows('w2', 'Include BASE/included\n')).toBe(false);
  });
  it('does not ask ssh about what cannot be a host', async () => {
    expect(await knows('-oProxyCommand=touch /tmp/x', 'Host *\n')).toBe(false);
    expect(await knows('a b', 'Host *\n')).toBe(false);
  });
  it('says when the configuration cannot be used', async () => {
    await expect(knows('w1', 'Host w1\n  NoSuchOption yes\n')).rejects.toMatchObject({
      code: 'input',
      message: /nosuchoption/i,
    });
    await expect(sshConfigKnows('w1', `${base}/none`)).rejects.toMatchObject({ code: 'input' });
  });
});

describe.skipIf(lacking !== '')(`sshDestination${lacking}`, () => {
  let base: string;
  let sshConfigFile: string;
  beforeAll(async () => {
    base = await mkdtemp('/tmp/migrate-sshdest-');
    sshConfigFile = `${base}/config`;
    await writeFile(sshConfigFile, 'Host w1\n  HostName 192.0.2.1\nHost *\n  User admin\n');
  });
  afterAll(() => rm(base, { recursive: true, force: true }));

  it('is the name where the configuration knows it, else the InternalIP', async () => {
    expect(await sshDestination({ name: 'w1', internalIp: '192.0.2.9', sshConfigFile })).toBe('w1');
    expect(await sshDestination({ name: 'w2', internalIp: '192.0.2.9', sshConfigFile })).toBe('192.0.2.9');
    expect(await sshDestination({ name: 'w2', internalIp: 'fd00::9', sshConfigFile })).toBe('fd00::9');
    expect(await sshDestination({ name: 'w2', internalIp: undefined, sshConfigFile })).toBe('w2');
  });
  it('is what the template says, whatever the configuration knows', async () => {
    const node = { name: 'w1', internalIp: '192.0.2.9', sshConfigFile };
    expect(await sshDestination({ ...node, template: '{name}.example.com' })).toBe('w1.example.com');
    expect(await sshDestination({ ...node, template: 'admin@{ip}' })).toBe('admin@192.0.2.9');
    expect(await sshDestination({ ...node, template: 'bastion' })).toBe('bastion');
  });
  it.each([
    ['{nmae}', 'usage'],
    ['-oProxyCommand={name}', 'usage'],
    ['{name', 'usage'],
    ['a b', 'usage'],
    ['', 'usage'],
  ])('refuses the template %j', async (template, code) => {
    const error: unknown = await sshDestination({ name: 'w1', internalIp: '192.0.2.9', template }).catch(
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(MigrateError);
    expect(error).toMatchObject({ code });
  });
  it('cannot fill {ip} for a node that has none', async () => {
    await expect(sshDestination({ name: 'w1', internalIp: undefined, template: '{ip}' })).rejects.toMatchObject({
      code: 'input',
    });
  });
});
