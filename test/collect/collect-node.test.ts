import { describe, expect, it } from 'vitest';
import { convert } from '../../src/config/convert.js';
import { MigrateError } from '../../src/core/errors.js';
import type { MigrateOptions } from '../../src/core/plan.js';
import { requireReading } from '../../src/hosts/require-reading.js';
import { collectFakeNode, fakeKube, NOON } from './collect-fake-node.js';
import type { FakeHostInput } from './fake-read-host.js';
import { kubeadmNode, unitsAnswer } from './kubeadm-node.js';
import { knownValue } from './known-value.js';

describe('a kubeadm node on Docker', () => {
  it('is known in every fact', async () => {
    const { inventory } = await collectFakeNode(kubeadmNode());
    const { node, pods, budgets, os, packages, units, kubelet, cni, kernel, disks, files, containerd, docker } =
      inventory;
    const facts = { node, pods, budgets, os, packages, units, kubelet, cni, kernel, disks, files, containerd, docker };
    expect(Object.entries(facts).filter(([, fact]) => !fact.known)).toEqual([]);
    expect(inventory).toMatchObject({ kind: 'NodeInventory', name: 'w9', collectedAt: NOON });
  });

  it('tells the kubelet as it runs and as it is written', async () => {
    const { inventory } = await collectFakeNode(kubeadmNode());
    expect(knownValue(inventory.kubelet)).toMatchObject({
      pid: 94,
      version: '1.21.2',
      flags: { 'network-plugin': 'cni', 'node-ip': '10.99.0.12' },
      execStart:
        '/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS',
      environmentFiles: [
        { path: '/var/lib/kubelet/kubeadm-flags.env', optional: true },
        { path: '/etc/default/kubelet', optional: true },
      ],
      environment: { KUBELET_CONFIG_ARGS: '--config=/var/lib/kubelet/config.yaml' },
      configPath: '/var/lib/kubelet/config.yaml',
      config: { kind: 'KubeletConfiguration' },
      runtime: { kind: 'dockershim', endpoint: 'unix:///run/dockershim.sock' },
      cgroupDriver: 'cgroupfs',
      staticPodPath: '/etc/kubernetes/manifests',
      inContainer: false,
    });
  });

  it('tells the rest of the machine', async () => {
    const { inventory } = await collectFakeNode(kubeadmNode());
    expect(knownValue(inventory.os)).toEqual({
      ...{ id: 'debian', idLike: [], versionId: '12', prettyName: 'Debian GNU/Linux 12 (bookworm)' },
      ...{ kernel: '6.1.0-31-amd64', architecture: 'x86_64' },
    });
    expect(knownValue(inventory.packages)).toEqual({
      manager: 'apt',
      installed: {
        containerd: '1.6.20~ds1-1+deb12u3',
        'docker.io': '20.10.24+dfsg1-1+deb12u1+b6',
        runc: '1.1.5+ds1-1+deb12u1',
      },
      manual: ['containerd', 'docker.io'],
    });
    expect(knownValue(inventory.cni)).toEqual({
      confDir: '/etc/cni/net.d',
      binDir: '/opt/cni/bin',
      networks: [{ file: '10-lab.conflist', name: 'lab', cniVersion: '0.4.0', pluginTypes: ['bridge', 'portmap'] }],
      binaries: ['bridge', 'loopback', 'portmap'],
    });
    expect(knownValue(inventory.kernel)).toMatchObject({ cgroupVersion: 1, modules: ['br_netfilter', 'overlay'] });
    expect(knownValue(inventory.containerd)).toMatchObject({ binary: '/usr/bin/containerd', version: '1.6.20' });
    expect(knownValue(inventory.docker)).toMatchObject({
      version: '20.10.24',
      daemonJson: { 'log-driver': 'json-file' },
    });
    expect(knownValue(inventory.migrations)).toEqual({ lock: undefined, journals: [] });
  });

  it('places directories that do not exist yet on the disk of their nearest parent', async () => {
    const { inventory } = await collectFakeNode(kubeadmNode());
    expect(knownValue(inventory.disks)).toEqual([
      {
        path: '/var/lib/containerd',
        mountPoint: '/',
        fsType: 'ext4',
        freeBytes: 76498083840,
        totalBytes: 270553174016,
      },
      {
        path: '/var/lib/docker',
        mountPoint: '/var/lib/docker',
        fsType: 'xfs',
        freeBytes: 99999999999,
        totalBytes: 536870912000,
      },
      { path: '/var/lib/kubelet', mountPoint: '/', fsType: 'ext4', freeBytes: 76498083840, totalBytes: 270553174016 },
      {
        path: '/var/lib/containers',
        mountPoint: '/',
        fsType: 'ext4',
        freeBytes: 76498083840,
        totalBytes: 270553174016,
      },
    ]);
  });

  it('asks the sockets that exist, each once, and closes every client', async () => {
    const { inventory, opened } = await collectFakeNode(kubeadmNode());
    expect(inventory.criEndpoints.map(({ endpoint, status }) => [endpoint, status.known])).toEqual([
      ['unix:///run/dockershim.sock', true],
      ['unix:///run/containerd/containerd.sock', true],
    ]);
    expect(opened.map(({ what }) => what).sort()).toEqual([
      'docker',
      'unix:///run/containerd/containerd.sock',
      'unix:///run/dockershim.sock',
    ]);
    expect(opened.every(({ closed }) => closed)).toBe(true);
  });

  it('is read in few calls, whatever the number of files', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`/etc/sysctl.d/${index}.conf`, 'a = 1\n']),
    );
    const { calls, inventory } = await collectFakeNode(kubeadmNode({ files: many }));
    expect(Object.keys(knownValue(inventory.files))).toContain('/etc/sysctl.d/59.conf');
    expect(calls.length).toBeLessThan(40);
  });

  it.each<[string, FakeHostInput]>([
    ['a whole host', {}],
    ['one with rpm', { without: ['dpkg-query'], answers: { rpm: '' } }],
    ['one without systemd', { without: ['systemctl'] }],
    ['a kubelet in hyperkube', { files: { '/proc/94/cmdline': '/hyperkube\0kubelet\0--v=2\0' } }],
    [
      'a stopped kubelet',
      { answers: { 'systemctl show': unitsAnswer({ 'kubelet.service': 'MainPID=0\nLoadState=loaded' }) } },
    ],
  ])('is asked only by commands that a host lets through for reading: %s', async (_name, changes) => {
    const { queries } = await collectFakeNode(kubeadmNode(changes));
    expect(queries.length).toBeGreaterThan(8);
    for (const argv of queries) expect(() => requireReading(argv)).not.toThrow();
  });

  it('has looked at every file that its conversion writes', async () => {
    const { inventory } = await collectFakeNode(kubeadmNode());
    const options: MigrateOptions = {
      target: 'containerd',
      foreign: 'block',
      drain: { force: false, deleteEmptyDirData: false, timeoutMs: 1 },
    };
    const paths = convert(inventory, options).files.map(({ path }) => path);
    expect(paths).toContain('/etc/containerd/config.toml');
    expect(Object.keys(knownValue(inventory.files))).toEqual(expect.arrayContaining(paths));
  });
});

describe('a host with less in it', () => {
  it('gives the same facts without the commands that bundle', async () => {
    const whole = await collectFakeNode(kubeadmNode());
    const bare = await collectFakeNode(kubeadmNode({ without: ['cat', 'grep', 'find'] }));
    expect(bare.inventory).toEqual(whole.inventory);
    expect(bare.calls.filter((call) => call.startsWith('readFile')).length).toBeGreaterThan(20);
  });

  it('loses only the fact that could not be read', async () => {
    const node = kubeadmNode({ answers: { df: { code: 1, stderr: 'df: cannot read table of mounted file systems' } } });
    const { inventory } = await collectFakeNode(node);
    expect(inventory.disks).toEqual({
      known: false,
      why: 'df on w9 does not tell of /var/lib/containerd: df: cannot read table of mounted file systems',
    });
    expect(inventory.kubelet.known && inventory.files.known && inventory.docker.known).toBe(true);
  });

  it('tells an unreadable file from one that does not exist', async () => {
    const { inventory } = await collectFakeNode(kubeadmNode({ forbidden: ['/etc/crictl.yaml'] }));
    expect(inventory.files).toMatchObject({
      known: false,
      why: expect.stringContaining('/etc/crictl.yaml: Permission denied') as string,
    });
    expect(inventory.kubelet.known).toBe(true);
  });

  it('guesses nothing that hangs on a unit where systemd does not answer', async () => {
    const { inventory } = await collectFakeNode(kubeadmNode({ without: ['systemctl'] }));
    const why = { known: false, why: 'w9 has no command systemctl' };
    expect(inventory).toMatchObject({ units: why, kubelet: why, containerd: why, docker: why, files: why });
    expect(inventory).toMatchObject({ os: { known: true }, packages: { known: true }, kernel: { known: true } });
  });

  it('keeps what the cluster says when the host cannot be reached, and the other way round', async () => {
    const away = await collectFakeNode(kubeadmNode(), { host: { unreachable: 'no route to w9' } });
    expect(away.inventory).toMatchObject({
      node: { known: true },
      os: { known: false, why: 'no route to w9' },
      criEndpoints: [],
    });
    expect(away.opened).toEqual([]);
    const alone = await collectFakeNode(kubeadmNode(), { kube: { unreachable: 'the API server is away' } });
    expect(alone.inventory.node).toEqual({ known: false, why: 'the API server is away' });
    expect(alone.inventory.budgets).toEqual({ known: false, why: 'the API server is away' });
    expect(knownValue(alone.inventory.kubelet).version).toBe('1.21.2');
  });

  it('knows the runtime classes, or why it does not', async () => {
    const classes = [{ name: 'gpu', handler: 'nvidia' }];
    const kube = fakeKube({ runtimeClasses: () => Promise.resolve(classes) });
    const { inventory } = await collectFakeNode(kubeadmNode(), { kube });
    expect(knownValue(inventory.runtimeClasses)).toEqual(classes);
    const denied = fakeKube({
      runtimeClasses: () => Promise.reject(new MigrateError('denied', 'the cluster forbids "list runtimeclasses".')),
    });
    const without = await collectFakeNode(kubeadmNode(), { kube: denied });
    const why = 'the cluster forbids "list runtimeclasses"';
    expect(without.inventory.runtimeClasses).toEqual({ known: false, why });
    expect(without.inventory.pods.known).toBe(true);
  });

  it('says that the cluster has no such node', async () => {
    const { inventory } = await collectFakeNode(kubeadmNode(), {
      kube: fakeKube({ node: () => Promise.resolve(undefined) }),
    });
    expect(inventory.node).toEqual({ known: false, why: 'the cluster has no node w9' });
    expect(inventory.pods.known).toBe(true);
  });

  it('gives the reason of a client that cannot be opened', async () => {
    const fail = (): Promise<never> =>
      Promise.reject(new MigrateError('denied', 'w9: /run/docker.sock: permission denied.'));
    const { inventory } = await collectFakeNode(kubeadmNode(), { docker: fail, cri: fail });
    expect(inventory.docker).toEqual({ known: false, why: 'w9: /run/docker.sock: permission denied' });
    expect(inventory.criEndpoints[0]?.status).toEqual({ known: false, why: 'w9: /run/docker.sock: permission denied' });
    expect(inventory.disks.known).toBe(true);
  });

  it('lets an interrupt through', async () => {
    const interrupted = (): Promise<never> => Promise.reject(new MigrateError('interrupted', 'Interrupted.'));
    await expect(collectFakeNode(kubeadmNode(), { docker: interrupted })).rejects.toMatchObject({
      code: 'interrupted',
    });
  });

  it('knows no containerd where there is none', async () => {
    const gone = { 'containerd.service': 'MainPID=0\nLoadState=not-found\nActiveState=inactive\nUnitFileState=' };
    const { inventory } = await collectFakeNode(kubeadmNode({ answers: { 'systemctl show': unitsAnswer(gone) } }));
    expect(inventory.containerd).toEqual({ known: false, why: 'w9 has no command containerd' });
  });
});
