import { describe, expect, it } from 'vitest';
import { dockerService } from '../../../src/config/docker/docker-service.js';
import type { RuntimeTarget } from '../../../src/config/runtime-intent.js';
import type { FileFacts } from '../../../src/core/inventory.js';
import { file, unit } from '../../fixtures/inventory.js';

const VENDOR = '/lib/systemd/system/docker.service';
const DROP_INS = '/etc/systemd/system/docker.service.d';

const target = (kind: RuntimeTarget['kind'] = 'containerd', major = 1): RuntimeTarget => ({
  kind,
  version: { major, minor: 6, patch: 20, preRelease: undefined },
});

const vendor = `[Unit]
After=network-online.target docker.socket firewalld.service containerd.service time-set.target
Requires=docker.socket
[Service]
EnvironmentFile=-/etc/default/docker
EnvironmentFile=-/etc/sysconfig/docker-*
ExecStart=/usr/sbin/dockerd -H fd:// $DOCKER_OPTS
LimitNOFILE=1048576
LimitNPROC=infinity
TasksMax=infinity
`;

const read = (
  dropIns: Readonly<Record<string, string>>,
  more: Readonly<Record<string, FileFacts>> = {},
  to = target(),
) => {
  const paths = Object.keys(dropIns).map((name) => `${DROP_INS}/${name}`);
  const files = Object.fromEntries(Object.entries(dropIns).map(([name, text]) => [`${DROP_INS}/${name}`, file(text)]));
  return dockerService({
    files: { [VENDOR]: file(vendor), '/etc/default/docker': file('DOCKER_OPTS="--debug"\n'), ...files, ...more },
    unit: unit({ fragmentPath: VENDOR, dropInPaths: paths }),
    target: to,
  });
};

describe('dockerService', () => {
  it("carries nothing of the package's own unit", () => {
    expect(read({})).toEqual({ proxies: [], directives: [], settings: [], notices: [] });
  });

  it('decodes proxies as systemd does, each from where it counts', () => {
    const found = read(
      {
        'a.conf': `[Service]\nEnvironment="HTTP_PROXY=http://old:1" 'NO_PROXY=a b' \\\n  # between\n  https_proxy=http://u:p%%40\\x21@p\n`,
        'b.conf': '[Service]\nEnvironment=HTTP_PROXY=http://new:2\n',
      },
      { '/etc/sysconfig/docker-network': file('NO_PROXY="c,\\$d"\n') },
    );
    expect(found.proxies).toEqual([
      { name: 'HTTP_PROXY', value: 'http://new:2' },
      { name: 'NO_PROXY', value: 'c,$d' },
      { name: 'https_proxy', value: 'http://u:p%40!@p' },
    ]);
    expect(found.settings.map(({ source, key, outcome }) => [source, key, outcome])).toEqual([
      [`${DROP_INS}/b.conf`, 'HTTP_PROXY', 'systemd'],
      ['/etc/sysconfig/docker-network', 'NO_PROXY', 'systemd'],
      [`${DROP_INS}/a.conf`, 'https_proxy', 'systemd'],
    ]);
    expect(found.settings[0]?.target).toBe('/etc/systemd/system/containerd.service.d/http-proxy.conf HTTP_PROXY');
    expect(found.notices).toEqual([]);
  });

  it('knows what an empty assignment takes back', () => {
    const found = read({
      'a.conf': '[Service]\nEnvironment=HTTP_PROXY=http://p\nCPUAffinity=1\nLimitCORE=0\nTasksMax=5\n',
      'b.conf': '[Service]\nEnvironment=\nCPUAffinity=\nCPUAffinity=2 3\nLimitCORE=\nTasksMax=\n',
    });
    expect(found.proxies).toEqual([]);
    expect(found.directives).toEqual([
      { section: 'Service', key: 'LimitCORE', value: '0' },
      { section: 'Service', key: 'CPUAffinity', value: '2 3' },
    ]);
    expect(found.settings.map(({ key }) => key)).toEqual(['LimitCORE', 'CPUAffinity']);
  });

  it.each<[string, string, string]>([
    ['[Service]', 'LimitNOFILE=65536:131072', 'systemd'],
    ['[Service]', 'TasksMax=8192', 'systemd'],
    ['[Service]', 'OOMScoreAdjust=-1000', 'systemd'],
    ['[Service]', 'OOMScoreAdjust=-800', 'not-needed'],
    ['[Service]', 'Slice=runtime.slice', 'systemd'],
    ['[Service]', 'CPUAffinity=0-3', 'systemd'],
    ['[Service]', 'MountFlags=slave', 'systemd'],
    ['[Unit]', 'RequiresMountsFor=/data/docker', 'systemd'],
    ['[Unit]', 'After=data.mount', 'systemd'],
    ['[Service]', 'Environment=SSL_CERT_FILE=/etc/ssl/corp.pem', 'systemd'],
    ['[Unit]', 'RequiresMountsFor=/var/lib/docker', 'not-needed'],
    ['[Unit]', 'After=network.target docker.socket', 'not-needed'],
    ['[Unit]', 'StartLimitBurst=3', 'not-needed'],
    ['[Install]', 'WantedBy=multi-user.target', 'not-needed'],
    ['[Service]', 'Restart=always', 'not-needed'],
    ['[Service]', 'Environment=DOCKER_RAMDISK=yes', 'not-needed'],
    ['[Service]', 'Environment=GODEBUG=x509sha1=1', 'not-needed'],
    ['[Service]', 'Environment=FOO=bar', 'warning'],
    ['[Service]', 'ExecStartPost=/sbin/iptables -P FORWARD ACCEPT', 'warning'],
    ['[Service]', 'MemoryMax=4G', 'warning'],
    ['[Unit]', 'After=flanneld.service', 'warning'],
  ])('%s %s: %s', (section, line, outcome) => {
    const { settings, directives, notices } = read({ 'x.conf': `${section}\n${line}\n` });
    const [, key] = /([A-Z_a-z]+)=[^=]*$/.exec(line) ?? [];
    expect(settings).toHaveLength(1);
    expect(settings[0]).toMatchObject({ source: `${DROP_INS}/x.conf`, outcome });
    if (!line.startsWith('Environment')) expect(settings[0]?.key).toBe(key);
    expect(settings[0]?.note).toMatch(/^[a-z].*[^.]$/);
    expect(directives).toHaveLength(outcome === 'systemd' ? 1 : 0);
    expect(settings[0]?.target === '').toBe(outcome !== 'systemd');
    expect(notices.map(({ level }) => level)).toEqual(outcome === 'warning' ? ['warning'] : []);
    if (outcome === 'warning') expect(notices[0]?.message).toContain(`${DROP_INS}/x.conf, line 2`);
  });

  it('says of what the new runtime has already that it needs nothing', () => {
    const containerd = {
      '/lib/systemd/system/containerd.service': file('[Service]\nLimitCORE=infinity\nTasksMax=9\n'),
    };
    const text = '[Service]\nLimitCORE=infinity:infinity\nTasksMax=5\nLimitNPROC=7\n';
    const { settings, directives } = read({ 'x.conf': text }, containerd);
    expect(settings.map(({ key, outcome, note }) => [key, outcome, note])).toEqual([
      ['LimitCORE', 'not-needed', "the new runtime's unit says the same"],
      ['TasksMax', 'not-needed', "the new runtime's unit has 9, which stays"],
      ['LimitNPROC', 'systemd', "containers inherit the limit from the new runtime's service"],
    ]);
    expect(directives).toEqual([{ section: 'Service', key: 'LimitNPROC', value: '7' }]);
  });

  it("carries the package's limit of open files where containerd's unit has none", () => {
    const containerd = '/lib/systemd/system/containerd.service';
    const bare = { [containerd]: file('[Service]\nExecStart=/usr/bin/containerd\n') };
    const limited = { [containerd]: file('[Service]\nLimitNOFILE=infinity\n') };
    const limit = [{ section: 'Service', key: 'LimitNOFILE', value: '1048576' }];
    expect(read({}, bare, target('containerd', 2)).directives).toEqual(limit);
    expect(read({}, limited, target('containerd', 2)).directives).toEqual([]);
    expect(read({}, bare, target('containerd', 1)).directives).toEqual([]);
    expect(read({}, {}, target('containerd', 2)).directives).toEqual([]);
  });

  it('leaves all of it where Docker stays', () => {
    const found = read(
      { 'x.conf': '[Service]\nEnvironment=HTTP_PROXY=http://p FOO=1\nTasksMax=5\n' },
      {},
      target('cri-dockerd'),
    );
    expect(found).toMatchObject({ proxies: [], directives: [], notices: [] });
    expect(found.settings.map(({ outcome }) => outcome)).toEqual(['not-needed', 'not-needed', 'not-needed']);
  });

  it('finds the unit among the files where systemd was not asked, and says what it did not see', () => {
    const path = '/etc/systemd/system/docker.service.d/http-proxy.conf';
    const found = dockerService({
      files: { [path]: file('[Service]\nEnvironment=HTTP_PROXY=http://p\nEnvironmentFile=/srv/docker.env\n') },
      unit: undefined,
      target: target('crio'),
    });
    expect(found.proxies).toEqual([{ name: 'HTTP_PROXY', value: 'http://p' }]);
    expect(found.settings[0]?.target).toMatch(/^\/etc\/systemd\/system\/crio\.service\.d\//);
    expect(found.notices[0]?.message).toContain('/srv/docker.env');
  });
});
