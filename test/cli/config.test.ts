import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../src/cli/run.js';
import { folderOf } from '../collect/folder-of.js';

const DAEMON_JSON = 'etc/docker/daemon.json';
const FLAGS = 'var/lib/kubelet/kubeadm-flags.env';
const KUBEADM = 'KUBELET_KUBEADM_ARGS="--network-plugin=cni --pod-infra-container-image=k8s.gcr.io/pause:3.6"\n';
const NODE = {
  [DAEMON_JSON]:
    '{"exec-opts": ["native.cgroupdriver=systemd"], "log-opts": {"max-size": "100m"}, "live-restore": true}',
  [FLAGS]: KUBEADM,
  'var/lib/kubelet/config.yaml':
    'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n# ours\ncgroupDriver: systemd\n',
};
const SECRET = 'cm9ib3Q6czNjcjN0';

interface Answer {
  readonly files: readonly { readonly path: string; readonly mode: string; readonly content: string }[];
  readonly settings: readonly Readonly<Record<string, unknown>>[];
  readonly warnings: readonly string[];
  readonly refusals: readonly string[];
}

async function migrate(...argv: string[]) {
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      written[name] += String(chunk);
      return true;
    });
  }
  const began = performance.now();
  const code = await run(['config', ...argv]);
  const ms = performance.now() - began;
  vi.restoreAllMocks();
  return { code, ms, ...written };
}

const json = async (from: string, ...more: string[]): Promise<Answer & { readonly code: number }> => {
  const { code, stdout } = await migrate('--from', from, '--format', 'json', '--target', ...more);
  return { ...(JSON.parse(stdout) as Answer), code };
};
const content = ({ files }: Answer, path: string): string | undefined =>
  files.find((file) => file.path === path)?.content;

afterEach(() => vi.restoreAllMocks());

describe('migrate config', () => {
  it("converts a folder laid out as below a node's root", async () => {
    const answer = await json(folderOf(NODE), 'containerd@1.6', '--kubelet', '1.23');
    expect(answer.code).toBe(0);
    expect(answer.refusals).toEqual([]);
    expect(content(answer, '/etc/containerd/config.toml')).toContain('sandbox_image = "k8s.gcr.io/pause:3.6"');
    expect(content(answer, '/etc/containerd/config.toml')).toContain('SystemdCgroup = true');
    expect(content(answer, `/${FLAGS}`)).toBe(
      'KUBELET_KUBEADM_ARGS="--container-runtime=remote --container-runtime-endpoint=unix:///run/containerd/containerd.sock --pod-infra-container-image=k8s.gcr.io/pause:3.6"\n',
    );
    expect(content(answer, '/var/lib/kubelet/config.yaml')).toBe(
      `${NODE['var/lib/kubelet/config.yaml']}containerLogMaxSize: 100M\n`,
    );
    const outcomes = Object.fromEntries(answer.settings.map(({ key, outcome }) => [key, outcome]));
    expect(outcomes).toMatchObject({
      'exec-opts': 'converted',
      'log-opts.max-size': 'kubelet',
      'live-restore': 'not-needed',
    });
  });

  it('has nothing undecided to say of a plain folder, whatever the target', async () => {
    for (const target of ['containerd@1.6', 'containerd@2.1', 'crio@1.31', 'cri-dockerd@0.3']) {
      const answer = await json(folderOf(NODE), target, '--kubelet', target.startsWith('cri-d') ? '1.26' : '1.23');
      expect([target, answer.refusals]).toEqual([target, []]);
      expect(answer.files.length, target).toBeGreaterThan(0);
    }
  });

  it('converts a daemon.json alone, and makes up no file of a kubelet that it has not seen', async () => {
    const answer = await json(join(folderOf(NODE), DAEMON_JSON), 'containerd@2.1');
    expect(answer.code).toBe(0);
    expect(content(answer, '/etc/containerd/config.toml')).toMatch(/^version = 3\n/);
    expect(answer.files.map(({ path }) => path).filter((path) => path.includes('kubelet'))).toEqual([]);
    expect(answer.settings.find(({ key }) => key === 'log-opts.max-size')).toMatchObject({ outcome: 'kubelet' });
    expect(answer.warnings.join('\n')).toContain('no file of the kubelet is there');
  });

  it('says the same of the same, byte for byte', async () => {
    for (const format of ['text', 'json', 'markdown']) {
      const argv = ['--from', folderOf(NODE), '--target', 'crio@1.31', '--format', format];
      expect((await migrate(...argv)).stdout).toBe((await migrate(...argv)).stdout);
    }
  });

  it('writes the files below a folder, with the true secrets in them and mode 0600, and shows none', async () => {
    const from = folderOf({ ...NODE, 'root/.docker/config.json': `{"auths":{"r.example:5443":{"auth":"${SECRET}"}}}` });
    const out = join(folderOf({}), 'out');
    const { code, stdout, stderr } = await migrate('--from', from, '--target', 'containerd@1.6', '-o', out);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\d files written under /);
    const credentials = join(out, 'var/lib/kubelet/config.json');
    expect(JSON.parse(readFileSync(credentials, 'utf8'))).toEqual({ auths: { 'r.example:5443': { auth: SECRET } } });
    expect(statSync(credentials).mode & 0o777).toBe(0o600);
    expect(existsSync(join(out, 'etc/containerd/config.toml'))).toBe(true);
    for (const format of ['text', 'json', 'markdown']) {
      const shown = await migrate('--from', from, '--target', 'containerd@1.6', '--format', format);
      expect(shown.stdout + shown.stderr + stdout + stderr).not.toContain(SECRET);
      expect(shown.stdout).not.toMatch(/SECRET-[0-9a-f]/);
    }
  });

  it('refuses with every reason, and then writes nothing', async () => {
    const from = folderOf({ ...NODE, [DAEMON_JSON]: '{\n  "debug": true,\n  "debug": false\n}\n' });
    const out = join(folderOf({}), 'out');
    const text = await migrate('--from', from, '--target', 'containerd@1.6', '-o', out);
    expect(text.code).toBe(4);
    expect(text.stdout).toMatch(/\/etc\/docker\/daemon\.json, line 3/);
    expect(existsSync(out)).toBe(false);
    const other = await migrate('--from', from, '--target', 'containerd@1.6', '--format', 'json', '-o', out);
    expect(other.code).toBe(4);
    expect((JSON.parse(other.stdout) as Answer).refusals.join('\n')).toContain('line 3');
    expect(other.stderr).toContain('refused: /etc/docker/daemon.json, line 3');
    expect(existsSync(out)).toBe(false);
  });

  it('overwrites nothing that is other, unless it is to', async () => {
    const out = folderOf({ 'etc/containerd/config.toml': '# mine\n' });
    const argv = ['--from', folderOf(NODE), '--target', 'containerd@1.6', '-o', out];
    const kept = await migrate(...argv);
    expect(kept).toMatchObject({ code: 2, stdout: '' });
    expect(kept.stderr).toContain('--force');
    expect((await migrate(...argv, '--force')).code).toBe(0);
    expect(readFileSync(join(out, 'etc/containerd/config.toml'), 'utf8')).toContain('SystemdCgroup');
  });

  it.each([
    [['--from', '.', '--target', 'containerd@0.9'], 'containerd 1.4 and later'],
    [['--from', '.', '--target', 'containerd'], '--target containerd@1.6'],
    [['--from', 'no/such/place', '--target', 'containerd@1.6'], 'no file or folder no/such/place'],
    [['--from', '/dev/null', '--target', 'containerd@1.6'], 'neither a file nor a folder'],
    [['--from', '.', '--target', 'containerd@1.6', '-o', '.'], 'what --from names'],
    [['--from', '.', '--target', 'containerd@1.6', '-o', '/'], "a machine's root"],
    [['--from', '.', '--target', 'containerd@1.6', '--kubelet', '23'], '1.23'],
    [['--target', 'containerd@1.6'], '--from'],
  ])('refuses %j with 2', async (argv, reason) => {
    const { code, stderr } = await migrate(...argv);
    expect(code).toBe(2);
    expect(stderr.replace(/\s+/g, ' ')).toContain(reason);
  });
});

/** The least that a pipe, a device or a bomb in a file's place must lead to: a sentence, in time. */
describe('migrate config, given what is no configuration,', () => {
  const junk = Uint8Array.from({ length: 50_000 }, (_, index) => (index * 7919) % 256);
  const cases: Readonly<Record<string, () => string>> = {
    'an empty folder': () => folderOf({}),
    'a binary daemon.json': () => folderOf({ [DAEMON_JSON]: junk }),
    '10 MB of nesting': () => folderOf({ [DAEMON_JSON]: `${'['.repeat(5e6)}${']'.repeat(5e6)}` }),
    '1 MB of nesting': () => folderOf({ [DAEMON_JSON]: `${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}` }),
    'a FIFO': () => {
      const root = folderOf({ 'etc/docker/key.json': '' });
      execFileSync('mkfifo', [join(root, DAEMON_JSON)]);
      return root;
    },
    'a directory in its place': () => {
      const root = folderOf({ 'etc/docker/key.json': '' });
      mkdirSync(join(root, DAEMON_JSON));
      return root;
    },
    'a file of 8 GB': () => {
      const root = folderOf({ [DAEMON_JSON]: '' });
      truncateSync(join(root, DAEMON_JSON), 2 ** 33);
      return root;
    },
    'a loop of links': () => folderOf({ [DAEMON_JSON]: '→ other.json', 'etc/docker/other.json': '→ daemon.json' }),
    'a link that leads out': () => folderOf({ [DAEMON_JSON]: '→ /etc/passwd' }),
    'no YAML': () => folderOf({ ...NODE, 'var/lib/kubelet/config.yaml': 'a: [\n' }),
    'YAML of nesting': () => folderOf({ ...NODE, 'var/lib/kubelet/config.yaml': '['.repeat(400_000) }),
    'a binary config.yaml': () => folderOf({ ...NODE, 'var/lib/kubelet/config.yaml': junk }),
    'an open quote': () => folderOf({ ...NODE, [FLAGS]: 'KUBELET_KUBEADM_ARGS="--a\n' }),
    'a binary config.toml': () => folderOf({ ...NODE, 'etc/containerd/config.toml': junk }),
    'a binary login': () => folderOf({ ...NODE, 'root/.docker/config.json': junk }),
    'a unit that is a directory': () => folderOf({ ...NODE, 'etc/systemd/system/docker.service/x': '' }),
  };

  it.each(Object.entries(cases))('%s, ends in a sentence', async (_, make) => {
    const { code, ms, stdout, stderr } = await migrate('--from', make(), '--target', 'containerd@1.6');
    expect([2, 4]).toContain(code);
    const text = stdout + stderr;
    expect(text).toMatch(/error: |blocker/);
    expect(text).not.toMatch(/bug|stack|undefined|\[object/i);
    expect(ms).toBeLessThan(4000);
  });
});
