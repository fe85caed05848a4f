import { describe, expect, it } from 'vitest';
import { kubeletSources } from '../../../src/config/kubelet/kubelet-sources.js';
import type { FileFacts, KubeletFacts, UnitFacts } from '../../../src/core/inventory.js';
import { file, inventory, unit } from '../../fixtures/inventory.js';

const clean = inventory();
const kubelet: KubeletFacts | undefined = clean.kubelet.known ? clean.kubelet.value : undefined;
const files: Readonly<Record<string, FileFacts>> = clean.files.known ? clean.files.value : {};
const kubeletUnit = clean.units.known ? clean.units.value['kubelet.service'] : undefined;

const FLAGS = '/var/lib/kubelet/kubeadm-flags.env';
const EXTRA = '/etc/default/kubelet';
const DROP_IN = '/etc/systemd/system/kubelet.service.d/20-dockershim-migrate.conf';
const UNIT = '/lib/systemd/system/kubelet.service';
const ENDPOINT = 'unix:///run/containerd/containerd.sock';
const RUNTIME = `--container-runtime=remote --container-runtime-endpoint=${ENDPOINT}`;

interface Change {
  readonly kubelet?: Partial<KubeletFacts>;
  readonly files?: Readonly<Record<string, FileFacts>>;
  readonly unit?: Partial<UnitFacts>;
}

function converted(change: Change = {}) {
  if (kubelet === undefined || kubeletUnit === undefined) throw new Error('the fixture has no kubelet');
  return kubeletSources({
    kubelet: { ...kubelet, ...change.kubelet },
    files: { ...files, ...change.files },
    unit: { ...kubeletUnit, ...change.unit },
    runtimeUnit: 'containerd.service',
    endpoint: ENDPOINT,
    ...{ target: 'containerd', endpointInConfig: false, addedFlags: [] },
  });
}

/** Paths and texts of what is written, when nothing stands against it. */
function written(change: Change = {}): Record<string, string> {
  const { files: generated, notices } = converted(change);
  expect(notices).toEqual([]);
  expect(generated.every(({ group, why }) => group === 'kubelet' && why !== '')).toBe(true);
  return Object.fromEntries(generated.map(({ path, content }) => [path, content]));
}

function blocker(change: Change): string {
  const { files: generated, notices } = converted(change);
  expect(generated).toEqual([]);
  expect(notices.map(({ level }) => level)).toEqual(['blocker']);
  expect(notices[0]?.fix).not.toBe('');
  return notices[0]?.message ?? '';
}

const withArgs = (...flags: string[]): Pick<KubeletFacts, 'argv'> => ({ argv: ['/usr/bin/kubelet', ...flags] });

describe('kubeletSources', () => {
  it("edits kubeadm's file and no other", () => {
    expect(written()).toEqual({
      [FLAGS]: `KUBELET_KUBEADM_ARGS="${RUNTIME} --pod-infra-container-image=k8s.gcr.io/pause:3.4.1"\n`,
    });
  });

  it('changes nothing the second time', () => {
    const once = written()[FLAGS] ?? '';
    expect(
      written({ files: { [FLAGS]: file(once) }, kubelet: withArgs(...once.split(/[" \n]+/).slice(1, -1)) }),
    ).toEqual({});
  });

  it('cleans every source, and keeps modes and all else', () => {
    const extra =
      '# site\nOTHER=x\nKUBELET_EXTRA_ARGS=--cgroup-driver=cgroupfs --cni-bin-dir=/opt/cni/bin --image-pull-progress-deadline=10m\n';
    const result = converted({ files: { [EXTRA]: file(extra, 0o600) } });
    const edited = result.files.find(({ path }) => path === EXTRA);
    expect(edited?.content).toBe('# site\nOTHER=x\nKUBELET_EXTRA_ARGS=--cgroup-driver=cgroupfs\n');
    expect(edited?.mode).toBe(0o600);
  });

  it.each([
    ["KUBELET_KUBEADM_ARGS='--network-plugin cni --v 2'\n", `KUBELET_KUBEADM_ARGS="${RUNTIME} --v=2"\n`],
    ['KUBELET_KUBEADM_ARGS=--network-plugin=cni\n', `KUBELET_KUBEADM_ARGS="${RUNTIME}"\n`],
    ['KUBELET_KUBEADM_ARGS="--network-plugin=cni \\\n --v=2"', `KUBELET_KUBEADM_ARGS="${RUNTIME} --v=2"\n`],
    [
      '# mine\nKUBELET_KUBEADM_ARGS="--network-plugin=cni --v 2"\n',
      `# mine\nKUBELET_KUBEADM_ARGS="${RUNTIME} --v 2"\n`,
    ],
    ['KUBELET_KUBEADM_ARGS="--x=\'a b\' --network-plugin=cni"\n', `KUBELET_KUBEADM_ARGS="${RUNTIME} --x='a b'"\n`],
  ])("writes kubeadm's form of %j where kubeadm wrote all of it", (before, after) => {
    expect(written({ files: { [FLAGS]: file(before) } })[FLAGS]).toBe(after);
  });

  it("uses the last file where kubeadm's is not among them, as Kubespray's", () => {
    const path = '/etc/kubernetes/kubelet.env';
    const before =
      'KUBE_LOGTOSTDERR="--logtostderr=true"\nKUBELET_ARGS="--config=/etc/kubernetes/kubelet-config.yaml \\\n--runtime-cgroups=/systemd/system.slice \\\n "\nKUBELET_NETWORK_PLUGIN="--network-plugin=cni --cni-conf-dir=/etc/cni/net.d --cni-bin-dir=/opt/cni/bin"\n';
    const after = `KUBE_LOGTOSTDERR="--logtostderr=true"\nKUBELET_ARGS="--config=/etc/kubernetes/kubelet-config.yaml \\\n--runtime-cgroups=/systemd/system.slice \\\n "\nKUBELET_NETWORK_PLUGIN="${RUNTIME}"\n`;
    const execStart = '/usr/local/bin/kubelet $KUBE_LOGTOSTDERR $KUBELET_ARGS $KUBELET_NETWORK_PLUGIN $KUBELET_MISSING';
    expect(
      written({
        kubelet: { execStart, environmentFiles: [{ path, optional: true }] },
        files: { [path]: file(before) },
      }),
    ).toEqual({ [path]: after });
  });

  it('keeps the lines of a value that goes over several', () => {
    const path = '/etc/kubernetes/kubelet.env';
    const before = 'KUBELET_ARGS="--a=1 \\\n--network-plugin=cni \\\n--b=2"\n';
    const execStart = '/usr/bin/kubelet $KUBELET_ARGS';
    const { [path]: after } = written({
      kubelet: { execStart, environmentFiles: [{ path, optional: false }] },
      files: { [path]: file(before) },
    });
    expect(after).toBe(`KUBELET_ARGS="${RUNTIME} --a=1 \\\n--b=2"\n`);
  });

  it('overrides a variable of the unit in a drop-in', () => {
    const change = {
      execStart: '/usr/bin/kubelet $KUBELET_NETWORK_ARGS $KUBELET_ODD_ARGS',
      environmentFiles: [],
      environment: { KUBELET_NETWORK_ARGS: '--network-plugin=cni --x=50%', KUBELET_ODD_ARGS: '--y="z"' },
    };
    expect(written({ kubelet: change })).toEqual({
      [DROP_IN]: `[Service]\nEnvironment="KUBELET_NETWORK_ARGS=--x=50%%"\nEnvironment="KUBELET_ODD_ARGS=${RUNTIME} --y=\\"z\\""\n`,
    });
  });

  it('overrides ExecStart where the flags are written into it', () => {
    const change = {
      execStart: '/usr/bin/kubelet --network-plugin=cni --v=2 --x=%H',
      environmentFiles: [],
      environment: {},
    };
    expect(written({ kubelet: change })).toEqual({
      [DROP_IN]: `[Service]\nExecStart=\nExecStart=/usr/bin/kubelet --v=2 --x=%H ${RUNTIME}\n`,
    });
  });

  it('takes the last file that sets a variable for the one that counts', () => {
    const both = {
      [FLAGS]: file('KUBELET_EXTRA_ARGS=--network-plugin=kubenet\nKUBELET_KUBEADM_ARGS="--network-plugin=cni"\n'),
    };
    expect(written({ files: both })[FLAGS]).toBe(
      `KUBELET_EXTRA_ARGS=--network-plugin=kubenet\nKUBELET_KUBEADM_ARGS="${RUNTIME}"\n`,
    );
  });

  it.each<[string, Change, RegExp]>([
    [
      'a flag that no source explains',
      { kubelet: withArgs('--network-plugin=cni', '--cni-bin-dir=/x') },
      /runs with --cni-bin-dir/,
    ],
    ['a wrapper', { kubelet: { execStart: '/usr/local/bin/start-kubelet.sh' } }, /start-kubelet\.sh/],
    [
      'a quote left open',
      { files: { [EXTRA]: file('\nKUBELET_EXTRA_ARGS="--x\n') } },
      /\/etc\/default\/kubelet .*line 2.*quote/,
    ],
    [
      'a quote left open among the flags',
      { files: { [EXTRA]: file("A=1\nKUBELET_EXTRA_ARGS=--x='y\n") } },
      /\/etc\/default\/kubelet.*line 2/,
    ],
    [
      'a dockershim flag in braces',
      {
        kubelet: {
          execStart: '/usr/bin/kubelet ${KUBELET_KUBEADM_ARGS}',
          environmentFiles: [],
          environment: { KUBELET_KUBEADM_ARGS: '--network-plugin=cni' },
        },
      },
      /KUBELET_KUBEADM_ARGS as one argument/,
    ],
    ['a version that is none', { kubelet: { version: 'master' } }, /"master"/],
    [
      'a file to be changed that is not known in full',
      { files: { [FLAGS]: { ...file('KUBELET_KUBEADM_ARGS="--network-plugin=cni"\n'), whole: false } } },
      /kubeadm-flags\.env.*not read in full/,
    ],
    ['our own drop-in of before', { unit: { dropInPaths: [DROP_IN] } }, /20-dockershim-migrate\.conf/],
    [
      "a later drop-in of a package's with the last word",
      {
        kubelet: { execStart: '/usr/bin/kubelet --network-plugin=cni', environmentFiles: [] },
        unit: { dropInPaths: ['/usr/lib/systemd/system/kubelet.service.d/90-local.conf'] },
        files: {
          '/usr/lib/systemd/system/kubelet.service.d/90-local.conf': file(
            '[Service]\nExecStart=\nExecStart=/usr/bin/kubelet --network-plugin=cni\n',
          ),
        },
      },
      /90-local\.conf, line 2, sets ExecStart/,
    ],
    [
      'a later drop-in that takes variables back',
      {
        kubelet: { environmentFiles: [], environment: { KUBELET_KUBEADM_ARGS: '--network-plugin=cni' } },
        unit: { dropInPaths: ['/etc/systemd/system/kubelet.service.d/90-local.conf'] },
        files: { '/etc/systemd/system/kubelet.service.d/90-local.conf': file('[Service]\nEnvironment=\n') },
      },
      /90-local\.conf, line 2, sets Environment/,
    ],
  ])('is blocked by %s', (_what, change, message) => {
    expect(blocker(change)).toMatch(message);
  });

  it('does not guess what a file says that was not read', () => {
    const unread = Object.fromEntries(Object.entries(files).filter(([path]) => path !== EXTRA));
    if (kubelet === undefined) throw new Error('the fixture has no kubelet');
    const { files: generated, notices } = kubeletSources({
      kubelet,
      files: unread,
      unit: unit(),
      runtimeUnit: 'containerd.service',
      endpoint: ENDPOINT,
      ...{ target: 'containerd', endpointInConfig: false, addedFlags: [] },
    });
    expect(generated).toEqual([]);
    expect(notices).toMatchObject([{ level: 'undecided', message: expect.stringContaining(EXTRA) as string }]);
  });

  describe('with a unit tied to Docker', () => {
    const REQUIRED =
      '[Unit]\nDescription=kubelet\nRequires=docker.service network.target\nBindsTo=docker.socket\nAfter=docker.service\n\n[Service]\nExecStart=/usr/bin/kubelet\n';
    const UNTIED =
      '[Unit]\nDescription=kubelet\nRequires=network.target\nAfter=docker.service\n\n[Service]\nExecStart=/usr/bin/kubelet\n';
    const ORDERED = '[Unit]\nAfter=containerd.service\nWants=containerd.service\n';
    const requires = ['docker.service', 'network.target'];

    it('adds the new runtime to weak dependencies', () => {
      expect(written({ unit: { wants: ['docker.service'] } })[DROP_IN]).toBe(ORDERED);
      expect(written({ unit: { after: ['docker.socket'] } })[DROP_IN]).toBe(ORDERED);
    });

    it('copies a unit of a package without the strong ones', () => {
      const result = written({ unit: { requires, bindsTo: ['docker.socket'] }, files: { [UNIT]: file(REQUIRED) } });
      expect(result['/etc/systemd/system/kubelet.service']).toBe(UNTIED);
      expect(result[DROP_IN]).toBe(ORDERED);
      expect(result[UNIT]).toBeUndefined();
    });

    it('changes a unit under /etc where it is', () => {
      const path = '/etc/systemd/system/kubelet.service';
      const result = written({ unit: { fragmentPath: path, requires }, files: { [path]: file(REQUIRED) } });
      expect(result[path]).toBe(UNTIED);
    });

    it('hides a drop-in of a package by one of the same name', () => {
      const path = '/usr/lib/systemd/system/kubelet.service.d/05-docker.conf';
      const result = written({
        unit: { dropInPaths: [path, ...(kubeletUnit?.dropInPaths ?? [])], requires },
        files: { [path]: file('[Unit]\nRequires=docker.service\nAfter=docker.service\n') },
      });
      expect(result['/etc/systemd/system/kubelet.service.d/05-docker.conf']).toBe('[Unit]\nAfter=docker.service\n');
    });

    it('takes out calls of docker and keeps the rest', () => {
      const path = '/etc/systemd/system/kubelet.service';
      const text =
        '[Service]\nExecStartPre=-/usr/bin/docker rm -f kubelet\nExecStartPre=/bin/mkdir -p /x\nExecStart=/usr/bin/kubelet\n';
      const { files: generated } = converted({ unit: { fragmentPath: path }, files: { [path]: file(text) } });
      expect(generated.find((one) => one.path === path)?.content).toBe(
        '[Service]\nExecStartPre=/bin/mkdir -p /x\nExecStart=/usr/bin/kubelet\n',
      );
    });

    it.each<[string, Change, RegExp, string]>([
      ['a dependency of unknown origin', { unit: { requires } }, /bound to docker\.service/, 'blocker'],
      [
        'a docker command before the start, which is taken out',
        { files: { [UNIT]: file('[Service]\nExecStartPre=/usr/bin/docker info\n') } },
        /kubelet\.service, line 2: ExecStartPre runs docker, and the line is taken out/,
        'warning',
      ],
      [
        'docker in a script',
        { files: { [UNIT]: file("[Service]\nExecStartPre=/bin/sh -c 'docker ps || true'\n") } },
        /kubelet\.service, line 2: ExecStartPre runs docker, and the kubelet does not start/,
        'blocker',
      ],
      [
        'one that may fail',
        { files: { [UNIT]: file("[Service]\nExecStartPre=-/bin/sh -c '/usr/bin/docker rm kubelet'\n") } },
        /runs docker$/,
        'warning',
      ],
      [
        'a unit that is not known in full',
        { unit: { requires }, files: { [UNIT]: { ...file(REQUIRED), whole: false } } },
        /not read in full/,
        'blocker',
      ],
    ])('tells of %s', (_what, change, message, level) => {
      const { notices } = converted(change);
      expect(notices).toMatchObject([
        { gate: 'kubelet-unit', level, message: expect.stringMatching(message) as string },
      ]);
    });
  });
});
