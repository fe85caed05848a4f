import { describe, expect, it } from 'vitest';
import { daemonJsonNotices } from '../../../src/config/docker/daemon-json.js';
import { dockerFileNotices } from '../../../src/config/docker/docker-files.js';
import { dockerdFlags } from '../../../src/config/docker/dockerd-flags.js';
import { file, unit } from '../../fixtures/inventory.js';

const PATH = '/etc/docker/daemon.json';
const messages = (json: Record<string, unknown>): string[] =>
  daemonJsonNotices(json, PATH).map(({ message }) => message);

describe('daemonJsonNotices', () => {
  it.each<[string, unknown, RegExp]>([
    ['registry-mirrors', ['https://m'], /Docker Hub/],
    ['insecure-registries', ['r:5000'], /certificates/],
    ['log-opts', { 'max-size': '10m' }, /rotates/],
    ['default-ulimits', { nofile: { Name: 'nofile', Hard: 1, Soft: 1 } }, /limits/],
    ['proxies', { 'http-proxy': 'http://u:p@h' }, /proxy/],
    ['runtimes', { custom: { path: '/x' } }, /runtimes/],
    ['init', true, /orphaned/],
    ['no-new-privileges', true, /privileges/],
    ['seccomp-profile', '/x.json', /RuntimeDefault/],
    ['selinux-enabled', true, /SELinux/],
    ['authorization-plugins', ['p'], /say/],
    ['storage-opts', ['overlay2.size=10G'], /limits/],
    ['max-concurrent-downloads', 10, /layers/],
    ['debug', true, /level/],
    ['metrics-addr', '127.0.0.1:9323', /metrics/],
    ['some-new-key', 1, /not known/],
    ['hosts', ['fd://', 'tcp://0.0.0.0:2376'], /network/],
    ['exec-opts', ['native.cgroupdriver=systemd', 'x=y'], /x=y/],
  ])('names %s and what follows', (key, value, consequence) => {
    const notices = daemonJsonNotices({ [key]: value }, PATH);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({ level: 'warning', gate: 'daemon-json' });
    expect(notices[0]?.message).toContain(`${key} of ${PATH}`);
    expect(notices[0]?.message).toMatch(consequence);
    expect(notices[0]?.fix).not.toBe('');
    expect(notices[0]?.message).not.toContain('u:p@h');
  });

  it('has nothing to say of what is seen to, or set to nothing', () => {
    const settled = {
      'exec-opts': ['native.cgroupdriver=systemd'],
      'storage-driver': 'overlay2',
      'live-restore': true,
      'data-root': '/data',
      'log-driver': 'json-file',
      bip: '172.17.0.1/16',
      hosts: ['fd://'],
      'registry-mirrors': [],
      init: false,
      'Exec-Opts': ['native.cgroupdriver=systemd'],
    };
    expect(messages(settled)).toEqual([]);
  });

  it('knows keys in any case, as dockerd does', () => {
    expect(messages({ 'Registry-Mirrors': ['https://m'] })[0]).toMatch(/Registry-Mirrors .* Docker Hub/);
  });
});

describe('dockerFileNotices', () => {
  it('tells of certificates by registry, and of proxies by line without the text', () => {
    const notices = dockerFileNotices({
      '/etc/docker/certs.d/r.lab:5000/ca.crt': file('x'),
      '/etc/docker/certs.d/r.lab:5000/client.key': file('x'),
      '/etc/systemd/system/docker.service.d/proxy.conf': file(
        '[Service]\nEnvironment="HTTPS_PROXY=http://u:secret@p"\n',
      ),
      '/etc/systemd/system/containerd.service.d/proxy.conf': file('[Service]\nEnvironment=HTTPS_PROXY=http://p\n'),
    });
    expect(notices.map(({ level }) => level)).toEqual(['warning', 'warning']);
    expect(notices[0]?.message).toContain('/etc/docker/certs.d/r.lab:5000');
    expect(notices[1]?.message).toContain('/etc/systemd/system/docker.service.d/proxy.conf, line 2');
    expect(JSON.stringify(notices)).not.toContain('secret');
  });
});

describe('dockerdFlags', () => {
  const read = (execStart: string) =>
    dockerdFlags(
      {
        '/x.service': file('[Service]\nExecStart=/usr/bin/dockerd\n'),
        '/x.conf': file(`[Service]\nExecStart=\nExecStart=${execStart}\n`),
      },
      unit({ fragmentPath: '/x.service', dropInPaths: ['/x.conf'] }),
    );

  it('reads the last command by the keys of daemon.json', () => {
    const command =
      '/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock --registry-mirror=https://m --registry-mirror https://n --default-ulimit=nofile=1:2 --icc=false --debug';
    expect(read(command)).toEqual({
      path: '/x.conf',
      settings: {
        hosts: ['fd://'],
        containerd: ['/run/containerd/containerd.sock'],
        'registry-mirrors': ['https://m', 'https://n'],
        'default-ulimits': ['nofile=1:2'],
        debug: ['true'],
      },
    });
  });

  it('says the same of flags as of keys', () => {
    const flags = read(
      '/usr/bin/dockerd -H tcp://0.0.0.0:2375 --insecure-registry=r:5000 --exec-opt native.cgroupdriver=systemd',
    );
    const notices = daemonJsonNotices(flags?.settings ?? {}, flags?.path ?? '');
    expect(notices.map(({ message }) => message.split(' ').slice(0, 3).join(' '))).toEqual([
      'hosts of /x.conf',
      'insecure-registries of /x.conf',
    ]);
  });

  it('has nothing where the unit is not known', () => {
    expect(dockerdFlags({}, undefined)).toBeUndefined();
    expect(dockerdFlags({}, unit())).toBeUndefined();
  });
});
