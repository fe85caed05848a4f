import { describe, expect, it } from 'vitest';
import { collectFakeNode } from './collect-fake-node.js';
import type { FakeHostInput } from './fake-read-host.js';
import { kubeadmNode, unitsAnswer } from './kubeadm-node.js';
import { knownValue } from './known-value.js';

const collect = async (changes: FakeHostInput) => (await collectFakeNode(kubeadmNode(changes))).inventory;
const withoutFiles = (node: FakeHostInput, gone: RegExp): FakeHostInput => ({
  ...node,
  files: Object.fromEntries(Object.entries(node.files ?? {}).filter(([path]) => !gone.test(path))),
});
const flags = (...words: string[]) => ({ '/proc/94/cmdline': ['/usr/bin/kubelet', ...words, ''].join('\0') });

describe('os', () => {
  it.each([
    [
      'ID="rhel"\nID_LIKE="fedora centos"\nVERSION_ID="8.6"\nPRETTY_NAME="Red Hat \\"8\\""\n',
      { id: 'rhel', idLike: ['fedora', 'centos'], versionId: '8.6', prettyName: 'Red Hat "8"' },
    ],
    [
      "# comment\nID='ubuntu'\nID_LIKE=debian\nNAME=Ubuntu\n",
      { id: 'ubuntu', idLike: ['debian'], versionId: '', prettyName: 'Ubuntu' },
    ],
  ])('%j', async (text, os) => {
    expect(knownValue((await collect({ files: { '/etc/os-release': text } })).os)).toMatchObject(os);
  });
});

describe('packages', () => {
  const rpm =
    'docker-ce\t20.10.24-3.el8\tinstalled\npackage docker.io is not installed\ncontainerd.io\t1.6.20-3.1.el8\tinstalled\n';

  it('come from rpm where there is no dpkg', async () => {
    const { packages } = await collect({
      without: ['dpkg-query'],
      answers: { rpm: { code: 2, stdout: rpm } },
      files: { '/usr/bin/dnf': '' },
    });
    expect(knownValue(packages)).toEqual({
      manager: 'dnf',
      installed: { 'containerd.io': '1.6.20-3.1.el8', 'docker-ce': '20.10.24-3.el8' },
      manual: [],
    });
  });

  it('come from rpm where dpkg has installed nothing, and yum is older than dnf', async () => {
    const answers = { 'dpkg-query': { code: 1 }, rpm: { code: 2, stdout: rpm } };
    expect(knownValue((await collect({ answers, files: { '/usr/bin/yum': '' } })).packages)).toMatchObject({
      manager: 'yum',
    });
  });

  it('are none where there is no package manager', async () => {
    const { packages } = await collect({ without: ['dpkg-query', 'rpm'] });
    expect(knownValue(packages)).toEqual({ manager: 'none', installed: {}, manual: [] });
  });

  it('are all wanted where apt has never installed one for another', async () => {
    const node = kubeadmNode();
    const { inventory } = await collectFakeNode(withoutFiles(node, /extended_states$/));
    expect(knownValue(inventory.packages).manual).toEqual(['containerd', 'docker.io', 'runc']);
  });

  it('are asked of apt where its list is too long to read', async () => {
    const bytes = 'Package: x\nArchitecture: amd64\nAuto-Installed: 1\n\n'.repeat(30_000);
    const answers = { 'apt-mark showmanual': 'docker.io\n' };
    const { packages } = await collect({ files: { '/var/lib/apt/extended_states': bytes }, answers });
    expect(knownValue(packages).manual).toEqual(['docker.io']);
  });
});

describe('units', () => {
  it('are told apart by the order of the answers, as an alias has the name of another', async () => {
    const units = knownValue((await collect({})).units);
    expect(units['docker.service']).toMatchObject({
      loadState: 'loaded',
      unitFileState: 'enabled',
      mainPid: 93,
      restarts: 0,
    });
    expect(units['docker.service']?.requires).toEqual(['docker.socket', 'sysinit.target', 'system.slice']);
    expect(units['docker.socket']).toMatchObject({ activeState: 'active', mainPid: 0 });
    expect(units['crio.service']).toMatchObject({
      loadState: 'not-found',
      unitFileState: 'not-found',
      fragmentPath: '',
    });
    expect(units['kubelet.service']?.dropInPaths).toEqual(['/etc/systemd/system/kubelet.service.d/10-kubeadm.conf']);
  });

  it('are unknown when there are fewer answers than questions', async () => {
    const { units } = await collect({ answers: { 'systemctl show': 'LoadState=loaded\n' } });
    expect(units).toEqual({ known: false, why: 'systemctl show on w9 told of 1 units, not of 7' });
  });

  it('that are masked have no settings', async () => {
    const masked =
      'MainPID=0\nLoadState=masked\nActiveState=inactive\nFragmentPath=/etc/systemd/system/containerd.service\nUnitFileState=masked';
    const inventory = await collect({
      links: { '/etc/systemd/system/containerd.service': '/dev/null' },
      answers: {
        'systemctl show': unitsAnswer({ 'containerd.service': masked }),
        'containerd --version': 'containerd containerd.io v1.7.2 0cae528\n',
      },
    });
    expect(knownValue(inventory.units)['containerd.service']?.unitFileState).toBe('masked');
    expect(knownValue(inventory.containerd)).toMatchObject({ binary: 'containerd', version: '1.7.2' });
    expect(inventory.files.known).toBe(true);
  });

  it('whose file is gone make what hangs on them unknown', async () => {
    const gone = 'MainPID=94\nLoadState=loaded\nActiveState=active\nFragmentPath=/etc/systemd/system/gone.service';
    const { kubelet } = await collect({ answers: { 'systemctl show': unitsAnswer({ 'kubelet.service': gone }) } });
    expect(kubelet).toMatchObject({
      known: false,
      why: '/etc/systemd/system/gone.service is gone from w9, and systemd has not noticed',
    });
  });
});

describe('containerd', () => {
  it('is the one that its unit starts, with the configuration it starts with', async () => {
    const files = {
      '/lib/systemd/system/containerd.service':
        '[Service]\nExecStart=/opt/containerd/bin/containerd --config /srv/containerd.toml\n',
      '/srv/containerd.toml': 'version = 2\nimports = ["conf.d/*.toml"]\n',
      '/srv/conf.d/a.toml': 'version = 2\n',
    };
    const answers = {
      '/opt/containerd/bin/containerd --version': 'containerd github.com/containerd/containerd/v2 v2.0.1 88aa2f5\n',
      '/opt/containerd/bin/containerd -c /srv/containerd.toml config dump': 'version = 3\n[x]\n  password = "s3cret"\n',
    };
    const inventory = await collect({ files, answers });
    expect(knownValue(inventory.containerd)).toEqual({
      binary: '/opt/containerd/bin/containerd',
      version: '2.0.1',
      effectiveConfig: 'version = 3\n[x]\n  password = "***"\n',
    });
    expect(knownValue(inventory.files)['/srv/conf.d/a.toml']).toMatchObject({ exists: true });
  });

  it('has no effective configuration when its own is broken', async () => {
    const { containerd } = await collect({
      answers: { '/usr/bin/containerd -c /etc/containerd/config.toml config dump': { code: 1 } },
    });
    expect(knownValue(containerd)).toMatchObject({ version: '1.6.20', effectiveConfig: undefined });
  });

  it('is not asked for a configuration that does not exist', async () => {
    const node = kubeadmNode({ answers: { '/usr/bin/containerd config dump': 'version = 2\n' } });
    const { inventory } = await collectFakeNode(withoutFiles(node, /containerd\/config\.toml$/));
    expect(knownValue(inventory.containerd).effectiveConfig).toBe('version = 2\n');
    expect(knownValue(inventory.files)['/etc/containerd/config.toml']).toMatchObject({ exists: false });
  });
});

describe('cni', () => {
  it('looks where the kubelet was told to, in several directories of plugins', async () => {
    const files = {
      ...flags('--cni-conf-dir=/srv/net.d', '--cni-bin-dir=/srv/bin,/usr/lib/cni'),
      '/srv/net.d/20-second.conf': '{"name": "second", "type": "macvlan"}',
      '/srv/net.d/10-first.json': '{"cniVersion": "0.3.1", "name": "first", "type": "bridge"}',
      '/srv/net.d/05-notes.txt': 'no',
      '/srv/bin/mine': '\x7fELF',
      '/srv/bin/sub/x': '',
    };
    const { cni } = await collect({ files, modes: { '/srv/bin/mine': 0o755 } });
    expect(knownValue(cni)).toEqual({
      confDir: '/srv/net.d',
      binDir: '/srv/bin,/usr/lib/cni',
      networks: [
        { file: '10-first.json', name: 'first', cniVersion: '0.3.1', pluginTypes: ['bridge'] },
        { file: '20-second.conf', name: 'second', cniVersion: '', pluginTypes: ['macvlan'] },
      ],
      binaries: ['bridge', 'loopback', 'mine', 'portmap'],
    });
  });

  it.each([
    ['00.conflist', '{"name": "x", "plugins": []}'],
    ['00.conflist', '{"name": "x", "type": "bridge"}'],
    ['00.conf', '{"name": "x"}'],
    ['00.conf', '{'],
    ['00.json', ''],
  ])('keeps %s in its place, without plugins, when it says %j', async (file, text) => {
    const { networks } = knownValue((await collect({ files: { [`/etc/cni/net.d/${file}`]: text } })).cni);
    expect(networks.map(({ file: name, pluginTypes }) => [name, pluginTypes.length])).toEqual([
      [file, 0],
      ['10-lab.conflist', 2],
    ]);
  });
});

describe('kernel', () => {
  it('knows cgroup v2, modules, and sysctls that are not there', async () => {
    const node = kubeadmNode({
      files: {
        '/proc/modules': 'br_netfilter 32768 0 - Live 0x0\nbridge 4096 1 br_netfilter, Live 0x0\n',
        '/proc/filesystems': 'nodev\tsysfs\n',
      },
      answers: { 'stat -f': 'cgroup2fs\n' },
      emptyDirs: ['/sys/module/overlay'],
    });
    const { inventory } = await collectFakeNode(withoutFiles(node, /\/bridge\//));
    expect(knownValue(inventory.kernel)).toEqual({
      cgroupVersion: 2,
      modules: ['br_netfilter', 'bridge', 'overlay'],
      sysctls: { 'net.ipv4.ip_forward': '1', 'net.ipv6.conf.all.forwarding': '0' },
    });
  });
});

describe('cri endpoints', () => {
  it('that cannot be looked for are unknown, and the others are not', async () => {
    const { criEndpoints } = await collect({ forbidden: ['/run/crio/crio.sock'] });
    expect(criEndpoints.map(({ endpoint, status }) => [endpoint, status.known])).toEqual([
      ['unix:///run/dockershim.sock', true],
      ['unix:///run/containerd/containerd.sock', true],
      ['unix:///run/crio/crio.sock', false],
    ]);
  });
});

describe('migrations', () => {
  const dir = '/var/lib/dockershim-migrate';
  const lock = { planId: 'w9-1', owner: 'ann@desk', since: '2024-05-01T10:00:00Z' };
  const line = (event: object): string => `${JSON.stringify({ at: '2024-05-01T10:00:00Z', ...event })}\n`;

  it('are told by their journals, the newest last', async () => {
    const files = {
      [`${dir}/lock`]: JSON.stringify(lock),
      [`${dir}/w9-1/journal.jsonl`]: line({ event: 'started', by: 'ann', version: '1' }) + '{"event":"torn',
      [`${dir}/w9-0/journal.jsonl`]: line({ at: '2024-04-01T10:00:00Z', event: 'finished', outcome: 'rolled-back' }),
      [`${dir}/w9-2/backup/abc`]: 'no journal yet',
      [`${dir}/w9-3/journal.jsonl`]: 'rubbish\n',
      [`${dir}/stray`]: 'a file',
    };
    expect(knownValue((await collect({ files })).migrations)).toEqual({
      lock,
      journals: [
        { planId: 'w9-3', outcome: 'damaged', at: '' },
        { planId: 'w9-0', outcome: 'rolled-back', at: '2024-04-01T10:00:00Z' },
        { planId: 'w9-1', outcome: 'open', at: '2024-05-01T10:00:00Z' },
      ],
    });
  });

  it('are unknown when the lock is none', async () => {
    const { migrations } = await collect({ files: { [`${dir}/lock`]: '{"planId": 1}' } });
    expect(migrations).toEqual({
      known: false,
      why: '/var/lib/dockershim-migrate/lock on w9 is not a lock of this tool',
    });
  });
});

describe('files', () => {
  it('include what units, registries and links name, and are told by their true bytes', async () => {
    const files = {
      '/etc/docker/certs.d/r.io:5000/client.key': '-----BEGIN PRIVATE KEY-----\ns3cret\n-----END PRIVATE KEY-----\n',
      '/etc/containerd/certs.d/r.io/hosts.toml': 'server = "https://u:s3cret@r.io"\n',
      '/usr/lib/sysctl.d/50-default.conf': 'net.ipv4.ip_forward = 1\n',
    };
    const inventory = await collect({ files, modes: { '/etc/docker/certs.d/r.io:5000/client.key': 0o600 } });
    const facts = knownValue(inventory.files);
    for (const path of Object.keys(files)) expect(facts[path]).toMatchObject({ exists: true });
    expect(facts['/etc/docker/certs.d/r.io:5000/client.key']?.mode).toBe(0o600);
    expect(facts['/etc/sysctl.d/99-sysctl.conf']?.content).toBe('#net.ipv4.ip_forward=1\n');
    expect(facts['/etc/crictl.yaml']).toEqual({ exists: false, sha256: '', mode: 0, content: '', whole: true });
    expect(Object.keys(facts)).toEqual([...Object.keys(facts)].sort());
    expect(JSON.stringify(inventory)).not.toContain('s3cret');
  });
});
