import { describe, expect, it } from 'vitest';
import { dockerSettings } from '../../../src/config/docker/docker-settings.js';
import { settingRules } from '../../../src/config/settings/index.js';
import type { FileFacts } from '../../../src/core/inventory.js';
import { file, NO_FILE, unit } from '../../fixtures/inventory.js';

const DAEMON_JSON = '/etc/docker/daemon.json';
const UNIT = '/lib/systemd/system/docker.service';
const STOCK = unit({ fragmentPath: UNIT });

const read = (files: Readonly<Record<string, string | FileFacts>>, facts = STOCK) =>
  dockerSettings(
    Object.fromEntries(
      Object.entries(files).map(([path, content]) => [path, typeof content === 'string' ? file(content) : content]),
    ),
    facts,
  );

const started = (command: string, more: Readonly<Record<string, string>> = {}, before = '') =>
  read({ [UNIT]: `[Service]\n${before}ExecStart=${command}\n`, ...more });

const valuesOf = ({ settings }: ReturnType<typeof read>) =>
  Object.fromEntries(settings.map(({ key, value }) => [key, value]));

const blockers = ({ notices }: ReturnType<typeof read>): readonly string[] =>
  notices.filter(({ level }) => level === 'blocker').map(({ message }) => message);

describe('daemon.json', () => {
  it('is read key by key, with the lines, in any case', () => {
    expect(read({ [DAEMON_JSON]: '{\n  "Debug": true,\n  "new-Key": {"a": 1}\n}' })).toEqual({
      settings: [
        { source: DAEMON_JSON, key: 'debug', value: true, line: 2 },
        { source: DAEMON_JSON, key: 'new-Key', value: { a: 1 }, line: 3 },
      ],
      notices: [],
    });
  });

  it.each([
    ['is not there', NO_FILE],
    ['is empty', ''],
    ['is white space', ' \n'],
    ['is an empty object', '{}'],
  ])('says nothing where it %s', (_name, content) => {
    expect(read({ [DAEMON_JSON]: content })).toEqual({ settings: [], notices: [] });
  });

  it('may begin with a byte order mark', () => {
    expect(valuesOf(read({ [DAEMON_JSON]: '\uFEFF{"debug": true}' }))).toEqual({ debug: true });
  });

  it.each<[string, string | FileFacts, string]>([
    ['a key that is there twice', '{"debug": true,\n"debug": false}', 'line 2, is refused: "debug" is there twice'],
    ['keys that differ in case', '{"debug": true,\n"DEBUG": false}', 'line 2, is refused: "DEBUG" and "debug"'],
    ['a key that is there twice within', '{"log-opts": {"tag": "a",\n"tag": "b"}}', 'line 2, is refused: "tag"'],
    ['paths that differ in case', '{"runtimes": {"a": {"path": "/a",\n"Path": "/b"}}}', 'line 2, is refused: "Path"'],
    ['a comment', '{\n\n// on\n"debug": true}', 'line 3, is refused: a comment'],
    ['a comma at the end', '{"debug": true,\n}', 'line 1, is refused: a comma'],
    ['a list', '["debug"]', 'line 1, is refused: it is not a JSON object'],
    ['null', 'null', 'line 1, is refused: it is not a JSON object'],
    ['nesting', '['.repeat(1_000_000), 'line 1, is refused: it is nested'],
    ['ten megabytes of nesting', '{"a":'.repeat(2_000_000), 'line 1, is refused: it is 10000000 characters long'],
    [
      'UTF-16',
      { ...file(''), content: '[44 bytes that are no text]', whole: false },
      'line 1, is refused: it is no UTF-8 text that can be read whole (44 bytes that are no text)',
    ],
  ])('with %s is refused, and nothing of it is followed', (_name, content, reason) => {
    const result = read({ [DAEMON_JSON]: content });
    expect(result.settings).toEqual([]);
    expect(result.notices).toMatchObject([{ gate: 'daemon-json', level: 'blocker' }]);
    expect(blockers(result)[0]).toContain(`${DAEMON_JSON}, ${reason}`);
  });

  it("may have names that differ in case alone, where they are people's own", () => {
    const text = '{"runtimes": {"a": {"path": "/a"}, "A": {"path": "/b"}}, "log-opts": {"env": "a", "ENV": "b"}}';
    expect(read({ [DAEMON_JSON]: text }).notices).toEqual([]);
  });

  it('is read from where --config-file says', () => {
    const files = { '/srv/docker.json': '{"debug": true}', [DAEMON_JSON]: '{"icc": false}' };
    expect(valuesOf(started('/usr/bin/dockerd --config-file=/srv/docker.json', files))).toEqual({ debug: true });
    expect(valuesOf(started('/usr/bin/dockerd --config-file /srv/docker.json', files))).toEqual({ debug: true });
    const missing = started('/usr/bin/dockerd --config-file /srv/other.json', files);
    expect(missing).toMatchObject({ settings: [], notices: [{ level: 'undecided' }] });
    expect(missing.notices[0]?.message).toContain('/srv/other.json');
  });
});

describe('flags of docker.service', () => {
  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['-H fd:// -H tcp://0.0.0.0:2376', { hosts: ['fd://', 'tcp://0.0.0.0:2376'] }],
    ['-Hfd:// --host=unix:///x', { hosts: ['fd://', 'unix:///x'] }],
    ['-D', { debug: true }],
    ['-Dl warn', { debug: true, 'log-level': 'warn' }],
    ['-D=false -l=warn', { debug: false, 'log-level': 'warn' }],
    ['--debug --icc=false --live-restore=1', { debug: true, icc: false, 'live-restore': true }],
    ['--debug=perhaps', { debug: 'perhaps' }],
    ['-s btrfs --storage-opt a=1 --storage-opt=b=2', { 'storage-driver': 'btrfs', 'storage-opts': ['a=1', 'b=2'] }],
    [
      '-g /data -b none -G docker -p /x.pid',
      { 'data-root': '/data', bridge: 'none', group: 'docker', pidfile: '/x.pid' },
    ],
    ['--graph=/data', { graph: '/data' }],
    ['--mtu 1400 --max-concurrent-downloads=x', { mtu: 1400, 'max-concurrent-downloads': 'x' }],
    ['--label a=b --label=c=d', { labels: ['a=b', 'c=d'] }],
    [
      '--insecure-registry r:5000 --registry-mirror=https://m',
      { 'insecure-registries': ['r:5000'], 'registry-mirrors': ['https://m'] },
    ],
    ['--exec-opt native.cgroupdriver=systemd', { 'exec-opts': ['native.cgroupdriver=systemd'] }],
    [
      '--dns 1.1.1.1 --dns-opt=ndots:2 --dns-search lab',
      { dns: ['1.1.1.1'], 'dns-opts': ['ndots:2'], 'dns-search': ['lab'] },
    ],
    ['--log-opt max-size=10m --log-opt tag=a=b', { 'log-opts': { 'max-size': '10m', tag: 'a=b' } }],
    ['--add-runtime n=/x --add-runtime k=/y', { runtimes: { n: { path: '/x' }, k: { path: '/y' } } }],
    [
      '--default-ulimit nofile=1:2 --default-ulimit=core=-1',
      {
        'default-ulimits': { nofile: { Name: 'nofile', Soft: 1, Hard: 2 }, core: { Name: 'core', Soft: -1, Hard: -1 } },
      },
    ],
    ['--default-address-pool base=10.0.0.0/8,size=24', { 'default-address-pools': [{ base: '10.0.0.0/8', size: 24 }] }],
    ['--default-network-opt bridge=mtu=1400', { 'default-network-opts': { bridge: { mtu: '1400' } } }],
    ['--feature cdi=true', { features: { cdi: true } }],
    ['--http-proxy http://p --no-proxy=.lab', { proxies: { 'http-proxy': 'http://p', 'no-proxy': '.lab' } }],
    ['--cdi-spec-dir /a --cdi-spec-dir /b', { 'cdi-spec-dirs': ['/a', '/b'] }],
    [
      '--authorization-plugin a --node-generic-resource=g=1',
      { 'authorization-plugins': ['a'], 'node-generic-resources': ['g=1'] },
    ],
    ['--cluster-store-opt kv.path=x', { 'cluster-store-opts': { 'kv.path': 'x' } }],
    ['--containerd-plugins-namespace x', { 'containerd-plugin-namespace': 'x' }],
    ['--new-flag --other-flag x --third=y', { 'new-flag': 'true', 'other-flag': 'x', third: 'y' }],
    ['--label "a=b c" --label \'d=e\'', { labels: ['a=b c', 'd=e'] }],
    ['\\\n  --debug \\\n# a comment\n  --mtu 1400', { debug: true, mtu: 1400 }],
    ['--validate --version', {}],
  ])('%s', (flags, settings) => {
    const result = started(`/usr/bin/dockerd ${flags}`);
    expect(valuesOf(result)).toEqual(settings);
    expect(result.notices).toEqual([]);
    expect(result.settings.every(({ source, line }) => source === UNIT && line === 2)).toBe(true);
  });

  it.each([
    '-/usr/bin/dockerd --debug',
    '@/usr/bin/dockerd dockerd --debug',
    '/usr/bin/dockerd-current --debug',
    '/usr/bin/docker daemon --debug',
    '/usr/bin/env A=b /usr/bin/dockerd --debug',
    '/bin/sh -c "exec /usr/bin/dockerd --debug"',
  ])('are found behind %s', (command) => {
    const result = started(command);
    expect(valuesOf(result)).toEqual({ debug: true });
    expect(result.notices).toEqual([]);
  });

  it.each([
    ['/opt/start-docker', 'it does not start dockerd itself'],
    ['/bin/sh -c "sleep 1; dockerd --debug"', 'it does not start dockerd itself'],
    ['/usr/bin/dockerd --label "a', 'a quote is opened and not closed'],
  ])('are not guessed at: %s', (command, reason) => {
    const result = started(command);
    expect(result.settings).toEqual([]);
    expect(blockers(result)).toEqual([`how ${UNIT}, line 2, starts Docker is not understood: ${reason}`]);
  });

  it('that are words and no flags are refused', () => {
    expect(blockers(started('/usr/bin/dockerd --debug true'))).toEqual([
      `${UNIT}, line 2, gives dockerd the word true, which belongs to no flag`,
    ]);
  });

  it('are those of the last ExecStart that counts', () => {
    const dropIn = '/etc/systemd/system/docker.service.d/override.conf';
    const facts = unit({ fragmentPath: UNIT, dropInPaths: [dropIn] });
    const stock = '[Service]\nExecStart=/usr/bin/dockerd -H fd:// --debug\n';
    const files = { [UNIT]: stock, [dropIn]: '[Service]\nExecStart=\nExecStart=/usr/bin/dockerd -H fd://\n' };
    expect(read(files, facts).settings).toEqual([{ source: dropIn, line: 3, key: 'hosts', value: ['fd://'] }]);
    // Where systemd was not asked, it is found where systemd looks.
    expect(
      dockerSettings(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, file(text)])), undefined),
    ).toEqual(read(files, facts));
  });

  it('come from variables that the unit really gives', () => {
    const before = [
      'Environment="A=--debug --mtu 1400" B=/data',
      'EnvironmentFile=-/etc/sysconfig/docker',
      'EnvironmentFile=-/etc/sysconfig/docker-storage',
      '',
    ].join('\n');
    const result = started(
      "/usr/bin/dockerd $A --data-root=${B}/docker $OPTIONS $DOCKER_STORAGE_OPTIONS $NOTHING --label 'price=$$5'",
      {
        '/etc/sysconfig/docker': '# of the package\nOPTIONS=\'--label "a b=c" --icc=false\'\nB=/srv\n',
        '/etc/sysconfig/docker-storage': 'DOCKER_STORAGE_OPTIONS="--storage-driver overlay2"\n',
        '/etc/sysconfig/docker-network': 'DOCKER_NETWORK_OPTIONS=--bip=1.2.3.4/5\n',
      },
      before,
    );
    expect(valuesOf(result)).toEqual({
      ...{ debug: true, mtu: 1400, 'data-root': '/srv/docker', labels: ['a b=c', 'price=$5'], icc: false },
      'storage-driver': 'overlay2',
    });
    expect(result.settings.find(({ key }) => key === 'icc')).toMatchObject({
      source: '/etc/sysconfig/docker',
      line: 2,
    });
    expect(result.notices).toEqual([]);
  });

  it('tells of DOCKER_OPTS that no unit reads', () => {
    const files = { '/etc/default/docker': '# old\nDOCKER_OPTS="--dns 8.8.8.8"\n' };
    const unread = started('/usr/bin/dockerd', files);
    expect(unread.settings).toEqual([]);
    expect(unread.notices).toMatchObject([{ level: 'warning' }]);
    expect(unread.notices[0]?.message).toContain('/etc/default/docker, line 2, sets DOCKER_OPTS');
    const isRead = started('/usr/bin/dockerd $DOCKER_OPTS', files, 'EnvironmentFile=/etc/default/docker\n');
    expect(valuesOf(isRead)).toEqual({ dns: ['8.8.8.8'] });
    expect(isRead.notices).toEqual([]);
    expect(started('/usr/bin/dockerd', { '/etc/default/docker': '#DOCKER_OPTS="--dns 8.8.8.8"\n' }).notices).toEqual(
      [],
    );
  });

  it('tells of a variables file that is not understood', () => {
    const result = started('/usr/bin/dockerd $A', { '/etc/x': 'B=1\nA="--debug\n' }, 'EnvironmentFile=/etc/x\n');
    expect(blockers(result)).toEqual([
      'how /etc/x, line 2, starts Docker is not understood: a quote is opened and not closed',
    ]);
  });
});

/** What `dockerd --help` of 20.10 lists, but for what is about the command itself. */
const FLAGS_OF_20_10 = `
  D G H add-runtime allow-nondistributable-artifacts api-cors-header authorization-plugin b bip bridge
  cgroup-parent containerd containerd-namespace containerd-plugins-namespace cpu-rt-period cpu-rt-runtime
  cri-containerd data-root debug default-address-pool default-cgroupns-mode default-gateway default-gateway-v6
  default-ipc-mode default-runtime default-shm-size default-ulimit dns dns-opt dns-search exec-opt exec-root
  experimental fixed-cidr fixed-cidr-v6 group host host-gateway-ip icc init init-path insecure-registry ip
  ip-forward ip-masq ip6tables iptables ipv6 l label live-restore log-driver log-level log-opt
  max-concurrent-downloads max-concurrent-uploads max-download-attempts metrics-addr mtu
  network-control-plane-mtu no-new-privileges node-generic-resource oom-score-adjust p pidfile raw-logs
  registry-mirror rootless s seccomp-profile selinux-enabled shutdown-timeout storage-driver storage-opt
  swarm-default-advertise-addr tls tlscacert tlscert tlskey tlsverify userland-proxy userland-proxy-path
  userns-remap
`
  .trim()
  .split(/\s+/);

it.each(FLAGS_OF_20_10)('there is a rule for the flag %s', (flag) => {
  expect(settingRules.filter(({ flags }) => flags.includes(flag))).toHaveLength(1);
});

describe('what is told twice', () => {
  it('is refused with both places, even where both say the same', () => {
    const result = started('/usr/bin/dockerd -H fd:// --log-opt max-size=1m', {
      [DAEMON_JSON]: '{"hosts": ["fd://"],\n"log-opts": {"max-file": "2"}}',
    });
    expect(blockers(result)).toEqual([
      `hosts is set both in ${DAEMON_JSON}, line 1, and by a flag in ${UNIT}, line 2: dockerd does not start with both`,
      `log-opts is set both in ${DAEMON_JSON}, line 2, and by a flag in ${UNIT}, line 2: dockerd does not start with both`,
    ]);
    expect(result.settings.filter(({ refused }) => refused !== undefined)).toHaveLength(4);
  });

  it('is what dockerd makes of it for runtimes and proxies', () => {
    const result = started('/usr/bin/dockerd --add-runtime b=/b --https-proxy=http://p', {
      [DAEMON_JSON]: '{"runtimes": {"a": {"path": "/a"}}, "proxies": {"http-proxy": "http://p"}}',
    });
    expect(result.notices).toEqual([]);
    expect(result.settings).toHaveLength(4);
    const both = started('/usr/bin/dockerd --https-proxy=http://p', {
      [DAEMON_JSON]: '{"proxies": {"https-proxy": "http://q"}}',
    });
    expect(blockers(both)).toHaveLength(1);
    expect(blockers(both)[0]).not.toContain('http://');
  });

  it('is refused for both names of the data root', () => {
    expect(blockers(read({ [DAEMON_JSON]: '{"graph": "/a",\n"data-root": "/b"}' }))).toEqual([
      `graph in ${DAEMON_JSON}, line 1, is the old name of data-root, which is there as well: dockerd does not start with both`,
    ]);
  });
});
