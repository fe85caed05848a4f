import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { k3sPart } from '../../../src/config/k3s/k3s-part.js';
import { DEFAULT_INTENT, type RuntimeIntent } from '../../../src/config/runtime-intent.js';
import type { FileFacts } from '../../../src/core/inventory.js';
import { file } from '../../fixtures/inventory.js';

const CONFIG = '/etc/rancher/k3s/config.yaml';
const REGISTRIES = '/etc/rancher/k3s/registries.yaml';
const UNIT = '/etc/systemd/system/k3s.service';
const CONTAINERD = '/var/lib/rancher/k3s/agent/etc/containerd';

const intent: RuntimeIntent = {
  ...DEFAULT_INTENT,
  cgroupDriver: 'systemd',
  registries: { ...DEFAULT_INTENT.registries, mirrors: ['https://mirror.gcr.io'], insecure: ['10.0.0.5:5000'] },
  handlers: [{ name: 'custom', path: '/usr/local/bin/my-runc', args: [], type: undefined, options: {} }],
};

const ON_DOCKER = 'docker: true\nkubelet-arg:\n  - "image-gc-high-threshold=80"\n';

function part(files: Readonly<Record<string, string>>, change: Partial<RuntimeIntent> = {}, major = 2) {
  const read: Record<string, FileFacts> = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, file(text)]),
  );
  const version = { major, minor: major === 2 ? 1 : 7, patch: 0, preRelease: undefined };
  return k3sPart({
    intent: { ...intent, ...change },
    files: read,
    unit: undefined,
    target: { kind: 'containerd', version },
  });
}

const contents = (of: ReturnType<typeof part>): Record<string, string> =>
  Object.fromEntries((of?.files ?? []).map(({ path, content }) => [path, content]));

describe('k3sPart', () => {
  it('is nothing where there is no k3s', () => {
    expect(part({ '/etc/docker/daemon.json': '{}' })).toBeUndefined();
  });

  it('converts the three files', () => {
    const result = part({ [CONFIG]: ON_DOCKER });
    expect(result?.notices).toEqual([]);
    expect(contents(result)).toEqual({
      [CONFIG]: 'kubelet-arg:\n  - "image-gc-high-threshold=80"\n',
      [REGISTRIES]: [
        'mirrors:',
        '  docker.io:',
        '    endpoint:',
        '      - "https://mirror.gcr.io"',
        '  "10.0.0.5:5000":',
        '    endpoint:',
        '      - "https://10.0.0.5:5000"',
        '      - "http://10.0.0.5:5000"',
        'configs:',
        '  "10.0.0.5:5000":',
        '    tls:',
        '      insecure_skip_verify: true',
        '',
      ].join('\n'),
      [`${CONTAINERD}/config-v3.toml.tmpl`]: [
        '{{ template "base" . }}',
        '',
        "[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.'custom']",
        '  runtime_type = "io.containerd.runc.v2"',
        '',
        "[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.'custom'.options]",
        '  BinaryName = "/usr/local/bin/my-runc"',
        '  SystemdCgroup = true',
        '',
      ].join('\n'),
    });
    expect(result?.settings).toMatchObject([{ source: CONFIG, key: 'docker', value: true, outcome: 'converted' }]);
  });

  it('writes the older template for an older containerd, behind what is there', () => {
    const path = `${CONTAINERD}/config.toml.tmpl`;
    const mine = '{{ template "base" . }}\n# mine\n';
    const text = contents(part({ [CONFIG]: ON_DOCKER, [path]: mine }, {}, 1))[path] ?? '';
    expect(text.startsWith(mine)).toBe(true);
    expect(text).toContain('[plugins."io.containerd.grpc.v1.cri".containerd.runtimes."custom"]');
    expect(contents(part({ [CONFIG]: ON_DOCKER, [path]: text }, {}, 1))[path]).toBeUndefined();
  });

  it('leaves out the runtimes that k3s finds by itself', () => {
    const nvidia = {
      name: 'nvidia',
      path: '/usr/bin/nvidia-container-runtime',
      args: [],
      type: undefined,
      options: {},
    };
    const result = part({ [CONFIG]: ON_DOCKER }, { handlers: [nvidia] });
    expect(Object.keys(contents(result)).some((path) => path.endsWith('.tmpl'))).toBe(false);
    expect(result?.notices).toMatchObject([{ level: 'warning', message: expect.stringContaining('nvidia') as string }]);
  });

  it.each([
    [
      "ExecStart=/usr/local/bin/k3s \\\n    server \\\n\t'--docker' \\\n\t'--disable=traefik' \\\n\n",
      "ExecStart=/usr/local/bin/k3s \\\n    server \\\n\t'--disable=traefik' \\\n\n",
    ],
    ['ExecStart=/usr/local/bin/k3s agent --docker\n', 'ExecStart=/usr/local/bin/k3s agent\n'],
  ])('takes the flag out of %j', (before, after) => {
    const result = part({ [UNIT]: `[Service]\n${before}` });
    expect(contents(result)[UNIT]).toBe(`[Service]\n${after}`);
    expect(result?.settings).toMatchObject([{ source: UNIT, key: '--docker' }]);
  });

  it('keeps what registries.yaml says already, with its comments', () => {
    const there = '# ours\nmirrors:\n  docker.io:\n    endpoint:\n      - "https://own.example" # first\n';
    const text = contents(part({ [CONFIG]: ON_DOCKER, [REGISTRIES]: there }))[REGISTRIES] ?? '';
    expect(text.startsWith('# ours\n')).toBe(true);
    expect(text).toContain('"https://own.example" # first');
    expect(parse(text)).toMatchObject({
      mirrors: { 'docker.io': { endpoint: ['https://own.example'] }, '10.0.0.5:5000': {} },
      configs: { '10.0.0.5:5000': { tls: { insecure_skip_verify: true } } },
    });
  });

  it('brings certificates along, the key for root alone', () => {
    const dir = '/etc/docker/certs.d/r.example:5443';
    const certificates = [
      {
        host: 'r.example:5443',
        ca: [`${dir}/ca.crt`],
        client: [{ cert: `${dir}/client.cert`, key: `${dir}/client.key` }],
      },
    ];
    const registries = { ...DEFAULT_INTENT.registries, certificates };
    const result = part(
      {
        [CONFIG]: ON_DOCKER,
        [`${dir}/ca.crt`]: 'CA\n',
        [`${dir}/client.cert`]: 'CERT\n',
        [`${dir}/client.key`]: 'SECRET-K\n',
      },
      { registries, handlers: [] },
    );
    const to = '/etc/rancher/k3s/certs.d/r.example:5443';
    expect(result?.files.map(({ path, mode }) => [path, mode])).toEqual([
      [CONFIG, 0o644],
      [REGISTRIES, 0o600],
      [`${to}/ca.crt`, 0o644],
      [`${to}/client.cert`, 0o644],
      [`${to}/client.key`, 0o600],
    ]);
    expect(parse(contents(result)[REGISTRIES] ?? '')).toEqual({
      configs: {
        'r.example:5443': {
          tls: { ca_file: `${to}/ca.crt`, cert_file: `${to}/client.cert`, key_file: `${to}/client.key` },
        },
      },
    });
  });

  it.each([
    [CONFIG, 'docker: [\n'],
    [REGISTRIES, '- a\n'],
  ])('refuses %s where it is %j', (path, text) => {
    const result = part({ [CONFIG]: ON_DOCKER, [path]: text });
    expect(result?.notices).toMatchObject([
      { level: 'blocker', message: expect.stringMatching(new RegExp(`${path}.*line \\d`)) as string },
    ]);
  });
});
