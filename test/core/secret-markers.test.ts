import { parse as parseToml } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { unitWords } from '../../src/config/text/unit-words.js';
import { parseEnvFile } from '../../src/config/text/env-file.js';
import { parseUnitFile } from '../../src/config/text/unit-file.js';
import {
  hideSecrets,
  maskSecrets,
  restoreSecrets,
  secretSources,
  strangeMarkers,
} from '../../src/core/secret-markers.js';

const NASTY = [
  's3cret',
  'p%40ss',
  'p%40s"s\\$\'#;é',
  'a`b$HOME${X}',
  '%h%%n%',
  "it''s",
  'back\\\\slash\\n\\u0041',
  '#begin',
  'x,y]z}{[',
  ' '.trim() + 'tab\\t',
  '日本語😀',
  '0123',
  'true!',
];

interface Form {
  readonly path: string;
  /** A text that says the URL `http://u:<password>@p:3128` and nothing else. */
  readonly write: (password: string) => string | undefined;
  /** The URL, by a reader of its own. */
  readonly read: (text: string) => unknown;
}

const url = (password: string): string => `http://u:${password}@p:3128`;
const cEscaped = (text: string, special: RegExp): string => text.replace(special, '\\$&').replaceAll('%', '%%');
const unitValue = (text: string): unknown =>
  unitWords(parseUnitFile(text)[0]?.value ?? '')[0]
    ?.replace(/^HTTP_PROXY=/, '')
    .replaceAll('%%', '%');
const envValue = (text: string): unknown => {
  const parsed = parseEnvFile(text);
  return parsed.ok ? parsed.value[0]?.value : parsed.reason;
};

const FORMS: Readonly<Record<string, Form>> = {
  json: {
    path: '/etc/docker/daemon.json',
    write: (password) => JSON.stringify({ proxies: { 'http-proxy': url(password) } }, undefined, 2),
    read: (text) => (JSON.parse(text) as { proxies: Record<string, string> }).proxies['http-proxy'],
  },
  'toml "': {
    path: '/etc/containerd/config.toml',
    write: (password) => `proxy = ${JSON.stringify(url(password))} # comment's\n`,
    read: (text) => parseToml(text)['proxy'],
  },
  "toml '": {
    path: '/etc/crio/crio.conf.d/10-proxy',
    write: (password) => (password.includes("'") ? undefined : `proxy = '${url(password)}'\n`),
    read: (text) => parseToml(text)['proxy'],
  },
  'yaml "': {
    path: '/var/lib/kubelet/config.yaml',
    write: (password) => `a: it's\nproxy: ${JSON.stringify(url(password))}\n`,
    read: (text) => (parseYaml(text) as Record<string, unknown>)['proxy'],
  },
  "yaml '": {
    path: '/etc/crictl.yaml',
    write: (password) => `proxy: '${url(password).replaceAll("'", "''")}' # it's\n`,
    read: (text) => (parseYaml(text) as Record<string, unknown>)['proxy'],
  },
  'yaml plain': {
    path: '/etc/rancher/k3s/config.yaml',
    write: (password) => `proxy: ${url(password)}\n`,
    read: (text) => (parseYaml(text) as Record<string, unknown>)['proxy'],
  },
  'unit "': {
    path: '/etc/systemd/system/docker.service.d/http-proxy.conf',
    write: (password) => `[Service]\nEnvironment="HTTP_PROXY=${cEscaped(url(password), /["\\]/g)}" "A=b"\n`,
    read: unitValue,
  },
  "unit '": {
    path: '/etc/systemd/system/containerd.service',
    write: (password) => `[Service]\nEnvironment='HTTP_PROXY=${cEscaped(url(password), /['\\]/g)}'\n`,
    read: unitValue,
  },
  unit: {
    path: '/etc/systemd/system/crio.service.d/http-proxy.conf',
    write: (password) => `# it's\n[Service]\nEnvironment=HTTP_PROXY=${cEscaped(url(password), /["'\\]/g)} "A=b"\n`,
    read: unitValue,
  },
  'env "': {
    path: '/etc/sysconfig/docker',
    write: (password) => `HTTP_PROXY="${url(password).replace(/["\\$`]/g, '\\$&')}"\n`,
    read: envValue,
  },
  "env '": {
    path: '/etc/default/docker',
    write: (password) => (password.includes("'") ? undefined : `HTTP_PROXY='${url(password)}'\n`),
    read: envValue,
  },
  env: {
    path: '/var/lib/kubelet/kubeadm-flags.env',
    write: (password) => `HTTP_PROXY=${url(password).replace(/["'\\ ]/g, '\\$&')}\n`,
    read: envValue,
  },
};

const forms = Object.entries(FORMS);

describe('hideSecrets', () => {
  it.each(forms)('%s: hides every password whole, so that the rest still says what it said', (_name, form) => {
    let tried = 0;
    for (const password of NASTY) {
      const text = form.write(password);
      if (text === undefined) continue;
      expect(form.read(text), text).toBe(url(password));
      const hidden = hideSecrets(text, form.path);
      expect(form.read(hidden), text).toMatch(/^http:\/\/u:SECRET-[0-9a-f]{12}-1@p:3128$/);
      expect(hideSecrets(hidden, form.path)).toBe(hidden);
      expect(hideSecrets(hidden, '/etc/other.json')).toBe(hidden);
      expect(restoreSecrets(hidden, form.path, { [form.path]: text })).toBe(text);
      tried += 1;
    }
    expect(tried).toBeGreaterThan(8);
  });

  it('counts the secrets of a file in their order, and tells files apart', () => {
    const text = '{"auths": {"a": {"auth": "eDp5"}, "b": {"identitytoken": "t", "registrytoken": ""}}}';
    const hidden = hideSecrets(text, '/root/.docker/config.json');
    expect(hidden).toMatch(/"auth": "SECRET-([0-9a-f]{12})-1".*"identitytoken": "SECRET-\1-2", "registrytoken": ""/);
    expect(hideSecrets(text, '/home/x/.docker/config.json')).not.toBe(hidden);
  });

  it.each<[string, string, string]>([
    ['/c.json', '{"url": "http:\\/\\/u:p@h"}', '{"url": "http:\\/\\/u:@1@h"}'],
    ['/c.json', '{"url": "http://CORP\\\\u:p@h"}', '{"url": "http://CORP\\\\u:@1@h"}'],
    ['/c.json', '{"a": "{\\"auth\\":\\"x\\\\\\"y\\"}"}', '{"a": "{\\"auth\\":\\"@1\\"}"}'],
    ['/c.json', '{"env": ["PASSWORD=a\\"b,c"]}', '{"env": ["PASSWORD=@1"]}'],
    ['/c.json', '{"token": 5, "auth": true, "secret": null}', '{"token": 5, "auth": true, "secret": null}'],
    ['/c.toml', 'password = """a"b"""', 'password = """@1"""'],
    ['/c.toml', "auth = 'a\\' # it's", "auth = '@1' # it's"],
    ['/h.toml', 'Authorization = ["Basic abc=="]', 'Authorization = ["Basic @1"]'],
    ['/c.toml', 'auth = { username = "u", password = "p" }', 'auth = { username = "u", password = "@1" }'],
    ['/c.yaml', 'password: a,b#c;d  # why', 'password: @1  # why'],
    ['/c.yaml', 'x: {password: a, user: b}', 'x: {password: @1, user: b}'],
    ['/c.yaml', "password: 'it''s'", "password: '@1'"],
    ['/c.yaml', 'secret:\n  secretName: x\nauthorization:\n  mode: Webhook', ''],
    ['/c.yaml', 'automountServiceAccountToken: false', ''],
    ['/x.env', "REGISTRY_PASSWORD=p'a\\ b;c\nB=c", 'REGISTRY_PASSWORD=@1\nB=c'],
    ['/x.env', 'PASSWORD="a\nb" \n', 'PASSWORD="@1" \n'],
    ['/x.env', 'ARGS=--token=a,b --v=2', 'ARGS=--token=@1 --v=2'],
    ['/x.env', 'ARGS="--token=\\"a b\\" --v=2"', 'ARGS="--token=\\"@1\\" --v=2"'],
    ['/x.env', 'ARGS="--authentication-token-webhook=true --token-auth-file=/x"', ''],
    [
      '/x.service',
      'ExecStart=/bin/k --password a --registry-password=b c',
      'ExecStart=/bin/k --password a --registry-password=@1 c',
    ],
    ['/x.service', "Environment='A=http://u:it\\'s@h' B=c", "Environment='A=http://u:@1@h' B=c"],
    ['/x.service', 'ExecStart=/usr/bin/dockerd --registry-mirror=https://m:5000/a@b', ''],
    [
      '/k.pem',
      '-----BEGIN EC PRIVATE KEY-----\r\nab\ncd\r\n-----END EC PRIVATE KEY-----\r\n',
      '-----BEGIN EC PRIVATE KEY-----\r\n@1\r\n-----END EC PRIVATE KEY-----\r\n',
    ],
    ['/k.pem', '-----BEGIN PRIVATE KEY-----\nab\n', '-----BEGIN PRIVATE KEY-----\n@1\n'],
    [
      '/k.json',
      '{"k": "-----BEGIN PRIVATE KEY-----\\nab\\n-----END PRIVATE KEY-----\\n"}',
      '{"k": "-----BEGIN PRIVATE KEY-----\\n@1\\n-----END PRIVATE KEY-----\\n"}',
    ],
    ['/x.conf', 'AUTH=http://u:p@h', 'AUTH=@1'],
  ])('%s: %j', (path, text, wanted) => {
    const hidden = hideSecrets(text, path);
    expect(hidden.replace(/SECRET-[0-9a-f]{12}-/g, '@')).toBe(wanted === '' ? text : wanted);
    expect(hideSecrets(hidden, path)).toBe(hidden);
    expect(restoreSecrets(hidden, path, { [path]: text })).toBe(text);
  });
});

describe('whatever a file holds', () => {
  const PIECES = [
    ...['password', '"auth"', "'token'", 'A_SECRET', 'http://u:hunter2@h', 'https://u:a%40b', '@', '://', 'login -p '],
    ...['=', ': ', '":"', '"', "'", '\\', '\\"', '"""', '\n', ' ', ', ', '{', '}', '[', ']', '#', ';', '%', '|', '***'],
    ...[
      'Environment=',
      '-----BEGIN PRIVATE KEY-----',
      '-----END PRIVATE KEY-----',
      'Authorization: Basic ',
      'hunter2',
      'é',
    ],
  ];
  const PATHS = ['/x.json', '/x.toml', '/x.yaml', '/x.service', '/x.env', '/x.key'];

  it('comes back byte for byte, and what is hidden stays so', () => {
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
    let hiddenOnce = 0;
    for (let round = 0; round < 3000; round += 1) {
      const text = Array.from({ length: 2 + random(14) }, () => PIECES[random(PIECES.length)] ?? '').join('');
      const path = PATHS[round % PATHS.length] ?? '';
      const hidden = hideSecrets(text, path);
      expect(restoreSecrets(hidden, path, { [path]: text }), text).toBe(text);
      const again = hideSecrets(hidden, path);
      for (const [marker] of hidden.matchAll(/SECRET-[0-9a-f]{12}-\d+/g)) expect(again, text).toContain(marker);
      if (hidden !== text) hiddenOnce += 1;
    }
    expect(hiddenOnce).toBeGreaterThan(1000);
  });
});

describe('restoreSecrets', () => {
  const pairs = forms.flatMap(([from, source]) => forms.map(([to, target]) => [from, to, source, target] as const));

  it.each(pairs)('from %s to %s', (_from, _to, source, target) => {
    let done = 0;
    for (const password of NASTY) {
      const text = source.write(password);
      if (text === undefined) continue;
      const marker = /SECRET-[0-9a-f]{12}-1/.exec(hideSecrets(text, source.path))?.[0] ?? '';
      const content = target.write(marker) ?? '';
      let restored: string;
      try {
        restored = restoreSecrets(content, target.path, { [source.path]: text });
      } catch (error) {
        // Only where the target has no way to say it.
        expect(target.write(password) ?? 'none', password).toMatch(/none|[[\]{}]/);
        expect(String(error)).toContain(marker);
        expect(String(error)).not.toContain(password);
        continue;
      }
      expect(target.read(restored), `${text} → ${restored}`).toBe(url(password));
      done += 1;
    }
    expect(done).toBeGreaterThan(7);
  });

  it('writes a secret byte for byte where the syntax is the same', () => {
    const path = '/etc/systemd/system/docker.service.d/p.conf';
    const source = '[Service]\nEnvironment="HTTP_PROXY=http://u:p%%40\\x41\\"@p"\n';
    const content = hideSecrets(source, path).replace('HTTP', 'HTTPS');
    const target = '/etc/systemd/system/containerd.service.d/http-proxy.conf';
    expect(restoreSecrets(content, target, { [path]: source })).toBe(source.replace('HTTP', 'HTTPS'));
  });

  it('changes only the quotes between units, whatever a percent sign means', () => {
    const path = '/etc/systemd/system/docker.service.d/p.conf';
    const source = "[Service]\nEnvironment='HTTP_PROXY=http://u:a%C3%%\"@p'\n";
    const content = hideSecrets(source, path).replaceAll("'", '"');
    expect(restoreSecrets(content, '/etc/systemd/system/x.service', { [path]: source })).toBe(
      '[Service]\nEnvironment="HTTP_PROXY=http://u:a%C3%%\\"@p"\n',
    );
  });

  it('keeps a number a text in YAML', () => {
    const source = 'PASSWORD=0123';
    const content = hideSecrets(source, '/etc/default/x').replace(/^.*=/, 'password: ');
    expect(restoreSecrets(content, '/c.yaml', { '/etc/default/x': source })).toBe('password: "0123"');
  });

  it.each([
    ['no such file', {}],
    ['the file has no secret any more', { '/etc/default/x': 'PASSWORD=' }],
  ])('refuses a marker that is left: %s', (_why, sources) => {
    const content = hideSecrets('PASSWORD=s3cret', '/etc/default/x');
    expect(() => restoreSecrets(content, '/etc/default/y', sources)).toThrow(
      /^\/etc\/default\/y has SECRET-[0-9a-f]{12}-1 in the place of a secret/,
    );
  });

  it('refuses what systemd would read as something else', () => {
    const source = 'Environment=PASSWORD=a%hb';
    const content = hideSecrets(source, '/x.service').replace('Environment=', '');
    expect(() => restoreSecrets(content, '/x.env', { '/x.service': source })).toThrow(
      /^the secret SECRET-[0-9a-f]{12}-1 cannot be written in \/x\.env$/,
    );
  });
});

describe('markers', () => {
  const content =
    hideSecrets('PASSWORD=a', '/b.env') + hideSecrets('PASSWORD=a', '/a.env') + hideSecrets('PASSWORD=a', '/b.env');

  it('tell the files they come from', () => {
    expect(secretSources(content, ['/b.env', '/c.env', '/a.env'])).toEqual(['/a.env', '/b.env']);
    expect(strangeMarkers(content, ['/a.env', '/b.env'])).toEqual([]);
    expect(strangeMarkers(content, ['/b.env'])).toHaveLength(1);
  });

  it('are masked for whoever reads', () => {
    expect(maskSecrets(content)).toBe('PASSWORD=***PASSWORD=***PASSWORD=***');
  });
});
