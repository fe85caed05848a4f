import { describe, expect, it } from 'vitest';
import { credentialsPart } from '../../../src/config/credentials/credentials-part.js';
import type { FileFacts, KubeletFacts } from '../../../src/core/inventory.js';
import { file, inventory, NO_FILE } from '../../fixtures/inventory.js';

const LOGIN = '/root/.docker/config.json';
const KUBELETS = '/var/lib/kubelet/config.json';

const facts = inventory().kubelet;

function part(files: Readonly<Record<string, string | FileFacts>>, kubelet: Partial<KubeletFacts> = {}) {
  if (!facts.known) throw new Error('the fixture has no kubelet');
  const read = Object.entries(files).map(([path, one]) => [path, typeof one === 'string' ? file(one) : one] as const);
  return credentialsPart({ files: Object.fromEntries(read), kubelet: { ...facts.value, ...kubelet } });
}

const login = (value: unknown): string => JSON.stringify(value);

describe('credentialsPart', () => {
  it("brings root's login to where the kubelet looks, without helpers", () => {
    const result = part({
      [LOGIN]: login({
        auths: { 'registry.corp.example:5443': { auth: 'SECRET-0a1b2c3d4e5f-1' } },
        credHelpers: { '123456789012.dkr.ecr.eu-west-1.amazonaws.com': 'ecr-login' },
      }),
      [KUBELETS]: NO_FILE,
    });
    expect(result.files).toEqual([
      {
        group: 'runtime',
        path: KUBELETS,
        mode: 0o600,
        content:
          '{\n  "auths": {\n    "registry.corp.example:5443": {\n      "auth": "SECRET-0a1b2c3d4e5f-1"\n    }\n  }\n}\n',
        why: expect.stringContaining(LOGIN) as string,
      },
    ]);
    expect(result.credentialsFile).toBe(KUBELETS);
    expect(result.notices).toMatchObject([
      { level: 'warning', message: expect.stringMatching(/dkr\.ecr\.eu-west-1.*ecr-login/) as string },
    ]);
    expect(result.notices[0]?.fix).toContain('image credential provider');
    expect(result.settings.map(({ key, outcome }) => [key, outcome])).toEqual([
      ['auths.registry.corp.example:5443', 'kubelet'],
      ['credHelpers', 'warning'],
    ]);
    expect(JSON.stringify([result.settings, result.notices])).not.toContain('SECRET');
  });

  it("keeps the kubelet's own entries, whatever their spelling, and all else in its file", () => {
    const own = { auths: { 'index.docker.io': { auth: 'OWN' }, 'a.example': { auth: 'OWN2' } }, 'x-ours': [1] };
    const roots = {
      auths: { 'https://index.docker.io/v1/': { auth: 'ROOT' }, 'b.example': { username: 'u', password: 'P' } },
    };
    const { files, settings } = part({ [LOGIN]: login(roots), [KUBELETS]: file(login(own), 0o644) });
    expect(JSON.parse(files[0]?.content ?? '')).toEqual({
      'x-ours': [1],
      auths: { ...own.auths, 'b.example': { username: 'u', password: 'P' } },
    });
    expect(files[0]?.mode).toBe(0o600);
    expect(settings.map(({ outcome }) => outcome)).toEqual(['not-needed', 'kubelet']);
  });

  it.each([
    ['there is no login', {}],
    ['the login is empty', { [LOGIN]: '{}' }],
    [
      'the kubelet has it all',
      {
        [LOGIN]: login({ auths: { a: { auth: 'x' } } }),
        [KUBELETS]: login({ auths: { 'https://a/v2/': { auth: 'y' } } }),
      },
    ],
  ])('writes nothing where %s', (_what, files) => {
    const result = part(files);
    expect([result.files, result.notices]).toEqual([[], []]);
    expect(result.credentialsFile).toBe(KUBELETS in files ? KUBELETS : undefined);
  });

  it("leaves a kubelet with root's home alone, unless it has a file of its own", () => {
    const environment = { HOME: '/root' };
    const files = { [LOGIN]: login({ auths: { a: { auth: 'x' } } }) };
    expect(part(files, { environment })).toMatchObject({ files: [], credentialsFile: LOGIN });
    expect(part({ ...files, [KUBELETS]: '{}' }, { environment }).files).toHaveLength(1);
  });

  it('follows --root-dir, and knows the older form', () => {
    const { files } = part(
      { '/root/.dockercfg': login({ 'a.example': { auth: 'x' } }) },
      { flags: { 'root-dir': '/data/kubelet/' } },
    );
    expect(files.map(({ path, content }) => [path, JSON.parse(content) as unknown])).toEqual([
      ['/data/kubelet/config.json', { auths: { 'a.example': { auth: 'x' } } }],
    ]);
  });

  it('names what no kubelet can use: tokens and stores', () => {
    const { files, notices } = part({
      [LOGIN]: login({
        auths: { 'acr.example': { auth: 'x', identitytoken: 'SECRET-T' }, 'hub.example': {} },
        credsStore: 'secretservice',
        HttpHeaders: { 'User-Agent': 'SECRET-H' },
      }),
    });
    expect(files).toEqual([]);
    expect(notices.map(({ message }) => message)).toEqual([
      expect.stringMatching(/store secretservice.*hub\.example/),
      expect.stringMatching(/identity tokens.*acr\.example/),
    ]);
  });

  it.each([
    ['{\n "auths": {"a": {"auth": "hunter2"},}\n}', /line 2/],
    ['{\n\n // mine\n}', /line 3: .*comment/],
    ['[]', /line 1/],
    ['{"auths": {"a": "hunter2"}}', /line 1: what is said of a/],
  ])('refuses %j by its line, without a word of what is in it', (text, message) => {
    const { files, notices } = part({ [LOGIN]: text });
    expect(files).toEqual([]);
    expect(notices).toMatchObject([{ level: 'blocker', message: expect.stringMatching(message) as string }]);
    expect(JSON.stringify(notices)).not.toContain('hunter2');
  });

  it('refuses what was not read in full', () => {
    const { notices } = part({ [LOGIN]: { ...file('[99 bytes that are no text]'), whole: false } });
    expect(notices).toMatchObject([{ level: 'blocker' }]);
  });
});
