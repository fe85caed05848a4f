import { describe, expect, it } from 'vitest';
import type { ConfigPart } from '../../../src/core/conversion.js';
import { kubeletPart, type KubeletPartInput } from '../../../src/config/kubelet/kubelet-part.js';
import { golden } from '../golden.js';
import { INSTALLERS, kubeletNode, nodeOf, type KubeletNode } from './kubelet-nodes.js';

const CONTAINERD = { kind: 'containerd', version: { major: 1, minor: 7, patch: 2, preRelease: undefined } } as const;
const ENDPOINT = 'unix:///run/containerd/containerd.sock';
const FLAGS = '/var/lib/kubelet/kubeadm-flags.env';
const CONFIG = '/var/lib/kubelet/config.yaml';
const EXTRA = '/etc/default/kubelet';
const INSTANCE = '/var/lib/kubelet/instance-config.yaml';
const FIELDS = { containerLogMaxSize: '100M', containerLogMaxFiles: 3 };

const part = (node: KubeletNode, change: Partial<KubeletPartInput> = {}): ConfigPart =>
  kubeletPart({
    ...kubeletNode(node),
    ...{ runtimeUnit: 'containerd.service', endpoint: ENDPOINT, fields: FIELDS, target: CONTAINERD },
    ...change,
  });

/** A kubeadm node as on Debian, with other texts of its files. */
function kubeadmNode(minor: number, files: Readonly<Record<string, string>> = {}): KubeletNode {
  const installer = INSTALLERS['kubeadm-deb'];
  if (installer === undefined) throw new Error('kubeadm is gone');
  const node = nodeOf(installer, minor);
  return { ...node, files: { ...node.files, ...files } };
}

const contents = (of: ConfigPart): Record<string, string> =>
  Object.fromEntries(of.files.map(({ path, content }) => [path, content]));

const MINORS = [20, 23, 24, 26, 27, 34, 36];

describe('kubeletPart', () => {
  describe.each(Object.keys(INSTALLERS))('of %s', (name) => {
    const installer = INSTALLERS[name] ?? INSTALLERS['systemd'];
    if (installer === undefined) throw new Error('no installer');

    it('is as it is to be for every range of kubelets', () => {
      const text = MINORS.map((minor) => {
        const { files, notices } = part(nodeOf(installer, minor));
        expect(notices).toEqual([]);
        expect(files.every(({ group, why }) => group === 'kubelet' && why !== '')).toBe(true);
        return [`# kubelet 1.${minor}`, ...files.map(({ path, content }) => `== ${path}\n${content}`)].join('\n');
      }).join('\n');
      expect(text).toBe(golden(`kubelet/${name}.txt`));
    });

    it.each(MINORS)('changes nothing the second time (1.%i)', (minor) => {
      const node = nodeOf(installer, minor);
      const written = contents(part(node));
      const isUnit = (path: string): boolean => path.includes('/systemd/system/');
      const units: Record<string, string> = { ...node.units };
      const files: Record<string, string> = { ...node.files };
      for (const [path, content] of Object.entries(written)) (isUnit(path) ? units : files)[path] = content;
      // Our own drop-in stops a second migration; that its contents last is what this is about.
      delete units['/etc/systemd/system/kubelet.service.d/20-dockershim-migrate.conf'];
      const again = part({ ...node, units, files });
      expect(again.notices).toEqual([]);
      const changed = Object.keys(contents(again)).filter((path) => !path.endsWith('20-dockershim-migrate.conf'));
      expect(changed).toEqual([]);
    });

    it.each(MINORS)('leaves a 1.%i without a flag that it does not know', (minor) => {
      const node = nodeOf(installer, minor);
      const after = { ...node.units, ...node.files, ...contents(part(node)) };
      const texts = Object.entries(after).filter(([path]) => !path.endsWith('.json') && !path.endsWith('.yaml'));
      const all = texts.map(([, text]) => text).join('\n');
      expect(all).toContain(`--container-runtime-endpoint=${ENDPOINT}`);
      expect(all).not.toMatch(/--network-plugin|--cni-|cri-dockerd/);
      expect(/--container-runtime=remote/.test(all)).toBe(minor <= 23);
      if (minor >= 35) expect(all).not.toContain('--pod-infra-container-image');
    });
  });

  it.each([
    ['two words a flag', 'KUBELET_KUBEADM_ARGS="--network-plugin cni --v 2"\n', '--v=2'],
    ['single quotes', "KUBELET_KUBEADM_ARGS='--network-plugin=cni --v=2'\n", '--v=2'],
    ['no quotes', 'KUBELET_KUBEADM_ARGS=--network-plugin=cni --v=2\n', '--v=2'],
    [
      'a flag twice',
      'KUBELET_KUBEADM_ARGS="--network-plugin=kubenet --v=1 --network-plugin=cni --v=2"\n',
      '--v=1 --v=2',
    ],
    ['line ends of Windows', 'KUBELET_KUBEADM_ARGS="--network-plugin=cni --v=2"\r\n', '--v=2'],
    ['continued lines', 'KUBELET_KUBEADM_ARGS="--network-plugin=cni \\\n  --v=2"\n', '--v=2'],
    ['a variable twice', 'KUBELET_KUBEADM_ARGS="--v=9"\nKUBELET_KUBEADM_ARGS="--network-plugin=cni --v=2"\n', '--v=2'],
    ['underscores', 'KUBELET_KUBEADM_ARGS="--network_plugin=cni --v=2"\n', '--v=2'],
    ['an old runtime', 'KUBELET_KUBEADM_ARGS="--container-runtime=docker --network-plugin=cni --v=2"\n', '--v=2'],
  ])('reads kubeadm-flags.env with %s', (_what, text, rest) => {
    const { files, notices } = part(kubeadmNode(21, { [FLAGS]: text }));
    expect(notices).toEqual([]);
    const last = files
      .find(({ path }) => path === FLAGS)
      ?.content.trimEnd()
      .split('\n')
      .at(-1);
    const runtime = [`--container-runtime=remote --container-runtime-endpoint=${ENDPOINT}`];
    const other = text.includes('docker')
      ? [`--container-runtime-endpoint=${ENDPOINT} --container-runtime=remote`]
      : [];
    expect([...runtime, ...other].map((flags) => `KUBELET_KUBEADM_ARGS="${flags} ${rest}"`)).toContain(last);
  });

  it.each([
    ['KUBELET_KUBEADM_ARGS="--network-plugin=cni\n', /kubeadm-flags\.env cannot be read: line 1: a quote/],
    ["A=1\nKUBELET_KUBEADM_ARGS=--x='y --network-plugin=cni\n", /kubeadm-flags\.env.*line 2: a quote/],
  ])('refuses %j by file, line and reason', (text, message) => {
    const { files, notices } = part(kubeadmNode(21, { [FLAGS]: text }));
    expect(files).toEqual([]);
    expect(notices[0]).toMatchObject({ level: 'blocker', message: expect.stringMatching(message) as string });
  });

  describe('with an administrator who sets the rotation of logs', () => {
    it.each([
      ['in the configuration', { [CONFIG]: 'containerLogMaxSize: 50Mi\n' }, CONFIG],
      ['by a flag', { [EXTRA]: 'KUBELET_EXTRA_ARGS=--container-log-max-size=50Mi\n' }, '--container-log-max-size'],
    ])('%s keeps what is there and says that it counts now', (_where, files, where) => {
      const result = part(kubeadmNode(23, files));
      expect(result.notices).toMatchObject([{ level: 'warning' }]);
      expect(result.notices[0]?.message).toMatch(new RegExp(`${where}.*50Mi.*from now on.*100M`));
      const config = result.files.find(({ path }) => path === CONFIG)?.content ?? '';
      expect(config).toContain('containerLogMaxFiles: 3');
      expect(config).not.toContain('100M');
      const row = result.settings.find(({ key }) => /max-size|MaxSize/.test(key));
      expect(row).toMatchObject({ value: '50Mi', outcome: 'warning' });
    });

    it.each([
      ['containerLogMaxSize: 10m\n', /config\.yaml sets containerLogMaxSize to 10m.*thousandth/],
      ['containerLogMaxFiles: 1\n', /config\.yaml sets containerLogMaxFiles to 1.*from 2 on/],
      ['containerLogMaxSize: lots\n', /config\.yaml sets containerLogMaxSize to lots/],
    ])('refuses %j, with which the kubelet would not start', (text, message) => {
      const result = part(kubeadmNode(23, { [CONFIG]: text }));
      expect(result.files).toEqual([]);
      expect(result.notices).toMatchObject([{ level: 'blocker', message: expect.stringMatching(message) as string }]);
      expect(result.settings.find(({ source }) => source === CONFIG)).toMatchObject({ outcome: 'refused' });
    });

    it('says nothing where Docker is set to the same', () => {
      const text = 'containerLogMaxSize: 100M\ncontainerLogMaxFiles: 3\n';
      expect(part(kubeadmNode(23, { [CONFIG]: text })).notices).toEqual([]);
    });
  });

  describe('from 1.27 on', () => {
    const inConfig = `kind: KubeletConfiguration\ncontainerRuntimeEndpoint: unix:///var/run/cri-dockerd.sock # here\n`;
    const only = { [FLAGS]: 'KUBELET_KUBEADM_ARGS="--v=2"\n' };

    it('edits the endpoint where the configuration alone says it, and adds no flag', () => {
      const result = part(kubeadmNode(28, { ...only, [CONFIG]: inConfig }), { fields: {} });
      expect(contents(result)).toEqual({
        [CONFIG]: `kind: KubeletConfiguration\ncontainerRuntimeEndpoint: ${ENDPOINT} # here\n`,
      });
    });

    it('edits both where a flag says it as well, and takes the image service away', () => {
      const text = `${inConfig}imageServiceEndpoint: unix:///var/run/cri-dockerd.sock\n`;
      const result = contents(part(kubeadmNode(28, { [CONFIG]: text }), { fields: {} }));
      expect(result[FLAGS]).toContain(`--container-runtime-endpoint=${ENDPOINT}`);
      expect(result[CONFIG]).toBe(`kind: KubeletConfiguration\ncontainerRuntimeEndpoint: ${ENDPOINT} # here\n`);
    });

    it('does not write the field for an older kubelet', () => {
      const result = contents(part(kubeadmNode(26, { ...only, [CONFIG]: inConfig }), { fields: {} }));
      expect(result[CONFIG]).toBeUndefined();
      expect(result[FLAGS]).toContain(`--container-runtime-endpoint=${ENDPOINT}`);
    });

    it("edits kubeadm's note beside it, or makes it where kubeadm has no flag any more", () => {
      const note = `apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\ncontainerRuntimeEndpoint: `;
      const there = { ...only, [CONFIG]: inConfig, [INSTANCE]: `${note}"unix:///var/run/cri-dockerd.sock"\n` };
      expect(contents(part(kubeadmNode(33, there)))[INSTANCE]).toBe(`${note}${ENDPOINT}\n`);
      expect(contents(part(kubeadmNode(34, { ...only, [CONFIG]: inConfig })))[INSTANCE]).toBe(`${note}${ENDPOINT}\n`);
      expect(contents(part(kubeadmNode(33, { ...only, [CONFIG]: inConfig })))[INSTANCE]).toBeUndefined();
      expect(contents(part(kubeadmNode(34)))[INSTANCE]).toBeUndefined();
    });

    it('follows --config-dir, whose files count more', () => {
      const dir = '/etc/kubernetes/kubelet.conf.d';
      const extra = { [EXTRA]: `KUBELET_EXTRA_ARGS=--config-dir=${dir}\n` };
      const dropIns = {
        [`${dir}/10-cri.conf`]: 'containerRuntimeEndpoint: unix:///var/run/cri-dockerd.sock\n',
        [`${dir}/20-logs.conf`]: 'containerLogMaxSize: 20Mi\n',
      };
      const { files, notices } = part(kubeadmNode(30, { ...only, ...extra, ...dropIns }));
      expect(notices).toMatchObject([
        { level: 'warning', message: expect.stringMatching(/20-logs\.conf.*20Mi/) as string },
      ]);
      expect(files.map(({ path }) => path)).toEqual([CONFIG, `${dir}/10-cri.conf`]);
      expect(files[1]?.content).toBe(`containerRuntimeEndpoint: ${ENDPOINT}\n`);
      expect(files[0]?.content).not.toContain('containerLogMaxSize');
    });
  });

  it('has a line in the table for every flag and field that concerns the runtime', () => {
    const flags = 'KUBELET_KUBEADM_ARGS="--network-plugin=cni --pod-infra-container-image=k8s.gcr.io/pause:3.5"\n';
    const extra =
      'KUBELET_EXTRA_ARGS=--cgroup-driver=cgroupfs --cni-bin-dir=/opt/cni/bin --image-pull-progress-deadline=10m --node-ip=10.0.0.1\n';
    const { settings } = part(kubeadmNode(22, { [FLAGS]: flags, [EXTRA]: extra, [CONFIG]: 'cgroupDriver: systemd\n' }));
    expect(settings.map(({ source, key, value, outcome, target }) => [source, key, value, outcome, target])).toEqual([
      [FLAGS, '--network-plugin', 'cni', 'not-needed', ''],
      [
        FLAGS,
        '--pod-infra-container-image',
        'k8s.gcr.io/pause:3.5',
        'converted',
        '/etc/containerd/config.toml sandbox_image',
      ],
      [EXTRA, '--cgroup-driver', 'cgroupfs', 'converted', '/etc/containerd/config.toml SystemdCgroup = false'],
      [EXTRA, '--cni-bin-dir', '/opt/cni/bin', 'converted', '/etc/containerd/config.toml cni.bin_dir'],
      [
        EXTRA,
        '--image-pull-progress-deadline',
        '10m',
        'converted',
        '/etc/containerd/config.toml image_pull_progress_timeout',
      ],
      [CONFIG, 'cgroupDriver', 'systemd', 'not-needed', ''],
    ]);
    expect(settings.every(({ note }) => note !== '' && !note.endsWith('.'))).toBe(true);
  });

  it('keeps Docker and its units where cri-dockerd is the target', () => {
    const node = nodeOf(INSTALLERS['systemd'] ?? (() => ({ units: {}, files: {} })), 23);
    const endpoint = 'unix:///run/cri-dockerd.sock';
    const { files, notices } = part(node, {
      ...{ endpoint, runtimeUnit: 'cri-docker.service', fields: {} },
      target: { kind: 'cri-dockerd', version: { major: 0, minor: 3, patch: 4, preRelease: undefined } },
    });
    expect(notices).toEqual([]);
    const unitText = files.find(({ path }) => path === '/etc/systemd/system/kubelet.service')?.content ?? '';
    expect(unitText).toContain('Requires=docker.service');
    expect(unitText).toContain(`--container-runtime=remote --container-runtime-endpoint=${endpoint}`);
    expect(unitText).not.toContain('--network-plugin');
  });
});
