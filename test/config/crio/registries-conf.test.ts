import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { DEFAULT_INTENT, type RuntimeIntent } from '../../../src/config/runtime-intent.js';
import { contentOf, convertCrio, DROP_IN, noticesOf, REGISTRIES } from './convert-crio.js';

const MAIN = '/etc/containers/registries.conf';
const EARLY = '/etc/containers/registries.conf.d/00-site.conf';
const LATE = '/etc/containers/registries.conf.d/50-site.conf';

function convert(
  files: Readonly<Record<string, string>>,
  registries: Partial<RuntimeIntent['registries']> = {},
  version = '1.28.0',
) {
  const part = convertCrio({ intent: { registries: { ...DEFAULT_INTENT.registries, ...registries } }, files, version });
  return {
    text: contentOf(part, REGISTRIES) ?? '',
    dropIn: contentOf(part, DROP_IN) ?? '',
    blockers: noticesOf(part, 'blocker'),
    warnings: noticesOf(part, 'warning'),
  };
}

const search = (...names: string[]): string => `unqualified-search-registries = ${JSON.stringify(names)}\n`;

describe('short names', () => {
  it("are Docker Hub's unless somebody says so already", () => {
    expect(convert({}).text).toBe(search('docker.io'));
    expect(convert({ [MAIN]: '# unqualified-search-registries = ["example.com"]\n' }).text).toBe(search('docker.io'));
    for (const path of [MAIN, EARLY, LATE]) {
      const { text, blockers, warnings } = convert({ [path]: search('docker.io') });
      expect([text, ...blockers, ...warnings]).toEqual(['']);
    }
  });

  it('are told of where other registries come first or after', () => {
    const { text, warnings, blockers } = convert({ [MAIN]: search('registry.fedoraproject.org', 'docker.io') });
    expect([text, ...blockers]).toEqual(['']);
    expect(warnings).toEqual([expect.stringContaining('registry.fedoraproject.org as well, before docker.io')]);
  });

  it('stop the plan where Docker Hub is not searched, and where CRI-O would have to ask', () => {
    expect(convert({ [MAIN]: search('quay.io') }).blockers).toEqual([expect.stringContaining(MAIN)]);
    expect(convert({ [LATE]: search() }).blockers).toEqual([expect.stringContaining(LATE)]);
    expect(convert({ [MAIN]: search() }).text).toBe(search('docker.io'));
    const enforcing = `${search('docker.io', 'quay.io')}short-name-mode = "enforcing"\n`;
    expect(convert({ [MAIN]: enforcing }).blockers).toEqual([expect.stringContaining('refuses a name')]);
  });

  it('are not asked about from 1.34 on where Docker Hub is first', () => {
    const first = convert({ [MAIN]: search('docker.io', 'quay.io') }, {}, '1.34.0');
    expect(first.dropIn).toContain('short_name_mode = "disabled"');
    expect(first.blockers).toEqual([]);
    expect(convert({ [MAIN]: search('quay.io', 'docker.io') }, {}, '1.34.0').blockers).toHaveLength(1);
    expect(convert({ [MAIN]: search('docker.io', 'quay.io') }, {}, '1.33.0').dropIn).not.toContain('short_name_mode');
    expect(convert({}, {}, '1.34.0').dropIn).not.toContain('short_name_mode');
  });
});

describe('mirrors and insecure registries', () => {
  it('knows from the scheme, the list and the address which mirror is not verified', () => {
    const mirrors = ['http://a:5000', 'https://b', 'c:443', 'https://localhost:5000', 'd/path', 'https://10.20.1.1'];
    const { text } = convert({}, { mirrors, insecure: ['c:443'], insecureNets: ['10.20.0.0/16'] });
    const { registry } = parse(text) as { registry: { mirror?: unknown }[] };
    expect(registry[0]?.mirror).toEqual([
      { location: 'a:5000', insecure: true },
      { location: 'b' },
      { location: 'c:443', insecure: true },
      { location: 'localhost:5000', insecure: true },
      { location: 'd/path' },
      { location: '10.20.1.1', insecure: true },
    ]);
  });

  it("keeps an administrator's entry for Docker Hub, and names what it lacks", () => {
    const theirs = '[[registry]]\nprefix = "docker.io"\nlocation = "docker.io"\n[[registry.mirror]]\nlocation = "m"\n';
    expect(convert({ [LATE]: theirs }, { mirrors: ['https://m'] })).toMatchObject({ warnings: [], blockers: [] });
    const lacking = convert({ [EARLY]: theirs }, { mirrors: ['https://m', 'https://n'] });
    expect(lacking.text).not.toContain('[[registry]]');
    expect(lacking.warnings).toEqual([expect.stringContaining(`${EARLY} has an entry for docker.io`)]);
    expect(lacking.warnings.join()).toContain('n of Docker');
  });

  it('stops where an entry is verified that Docker does not verify', () => {
    const entry = (insecure: string): string => `[[registry]]\nlocation = "r:5000"\n${insecure}`;
    expect(convert({ [MAIN]: entry('') }, { insecure: ['r:5000'] }).blockers).toEqual([
      expect.stringContaining('r:5000'),
    ]);
    const agrees = convert({ [MAIN]: entry('insecure = true\n') }, { insecure: ['r:5000', 's', 's'] });
    expect(agrees.blockers).toEqual([]);
    expect(agrees.text.match(/location/g)).toHaveLength(1);
  });
});

describe("an administrator's registries.conf", () => {
  it.each([
    [MAIN, 'unqualified-search-registries = [', 'line 1'],
    [LATE, '[registries.search]\nregistries = ["docker.io"]\n', 'version 1, which a drop-in may not be'],
    [MAIN, `${search('docker.io')}[registries.insecure]\nregistries = ["x"]\n`, 'mixes the format of version 1'],
    [
      MAIN,
      '[[registry]]\nlocation = "x"\ninsecure = true\n[[registry]]\nprefix = "y"\nlocation = "x"\n',
      'names the registry x twice with insecure set differently',
    ],
  ])('in %s stops CRI-O where it reads %j', (path, content, reason) => {
    const { blockers } = convert({ [path]: content });
    expect(blockers).toEqual([expect.stringContaining(reason)]);
    expect(blockers[0]).toContain(path);
    expect(blockers[0]).toContain('CRI-O does not start');
  });

  it('may be of version 1, and its search counts', () => {
    const { text, warnings, blockers } = convert({ [MAIN]: '[registries.search]\nregistries = ["docker.io"]\n' });
    expect([text, ...blockers]).toEqual(['']);
    expect(warnings).toEqual([expect.stringContaining('version 1')]);
  });

  it('has drop-ins only by their ending', () => {
    expect(convert({ '/etc/containers/registries.conf.d/50-site.bak': 'no toml' }).blockers).toEqual([]);
  });
});
