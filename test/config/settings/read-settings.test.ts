import { describe, expect, it } from 'vitest';
import type { DockerSetting } from '../../../src/config/docker/docker-setting.js';
import { DEFAULT_INTENT } from '../../../src/config/runtime-intent.js';
import { settingRules } from '../../../src/config/settings/index.js';
import { readSettings } from '../../../src/config/settings/read-settings.js';
import type { SettingContext } from '../../../src/config/settings/setting-rule.js';
import { parseVersion } from '../../../src/config/version.js';
import { valueOf } from '../../../src/core/fact.js';
import { inventory } from '../../fixtures/inventory.js';
import { MAIN, NETWORK, settingCases, SWARM, type TargetName } from './cases.js';

const SOURCE = '/etc/docker/daemon.json';

function contextOf(name: TargetName | 'cri-dockerd@0.3', more: Partial<SettingContext> = {}): SettingContext {
  const [kind = '', text = ''] = name.split('@');
  const version = parseVersion(text);
  if (version === undefined) throw new Error(name);
  const target = { kind: kind as SettingContext['target']['kind'], version };
  return {
    target,
    kubelet: parseVersion('1.23.17'),
    networkPlugin: 'cni',
    sharesContainerd: false,
    docker: undefined,
    files: {},
    ...more,
  };
}

const read = (value: Readonly<Record<string, unknown>>, context: SettingContext, intent = DEFAULT_INTENT) => {
  const settings = Object.entries(value).map(([key, one]): DockerSetting => ({
    source: SOURCE,
    line: 7,
    key,
    value: one,
  }));
  return readSettings(settings, context, intent);
};

const said = ({ answers }: ReturnType<typeof read>) =>
  answers.map(({ key, outcome, target }) => [key, outcome, target]);

describe('what becomes of each key', () => {
  const rows = settingCases.flatMap((one) => (one.on ?? MAIN).map((on) => ({ ...one, on })));

  it.each(rows)('$key: $value on $on', ({ key, value, on, context, answers, intent }) => {
    const result = read({ [key]: value }, contextOf(on, context));
    expect(said(result)).toEqual(answers ?? [[key, 'not-needed', '']]);
    // Where nothing is said of it, it changes nothing.
    expect(result.intent).toEqual({ ...DEFAULT_INTENT, ...intent });
    for (const answer of result.answers) {
      expect(answer.source).toBe(SOURCE);
      expect(answer.note).toMatch(/^\S.*[^.\s]$/);
    }
  });

  it.each(rows)('$key: $value on $on is told about exactly where it matters', ({ key, value, on, context }) => {
    const { answers, notices } = read({ [key]: value }, contextOf(on, context));
    const expected = answers.flatMap(({ outcome }) =>
      outcome === 'warning' ? ['warning'] : outcome === 'refused' ? ['blocker'] : [],
    );
    expect(notices.map(({ level }) => level)).toEqual(expected);
    for (const { message, fix } of notices) {
      expect(message).toMatch(new RegExp(`^${key}\\S* of ${SOURCE}, line 7: \\S`));
      expect(fix).toMatch(/^[a-z]/);
    }
  });

  it('there is a case for every rule, and a rule for every case', () => {
    expect([...new Set(settingCases.map(({ key }) => key))].sort()).toEqual(settingRules.map(({ key }) => key).sort());
  });

  it('keys and flags are there once', () => {
    const keys = settingRules.map(({ key }) => key);
    expect(keys.length).toBe(new Set(keys).size);
    const flags = settingRules.flatMap((rule) => rule.flags);
    expect(flags.length).toBe(new Set(flags).size);
  });
});

describe('pods that are on no CNI network', () => {
  it.each(NETWORK)('%s is refused, and its consequence told', (key, value) => {
    for (const networkPlugin of ['', 'kubenet'] as const) {
      const { answers, notices } = read({ [key]: value }, contextOf('containerd@1.6', { networkPlugin }));
      expect(answers).toMatchObject([{ key, outcome: 'refused' }]);
      expect(notices).toMatchObject([{ level: 'blocker', message: expect.stringContaining('CNI') as string }]);
    }
  });
});

describe('a node in a swarm', () => {
  const docker = { ...valueOf(inventory().docker)!, swarmState: 'active' };

  it.each(SWARM)('is refused for %s', (key, value) => {
    expect(read({ [key]: value }, contextOf('containerd@2.1', { docker })).answers).toMatchObject([
      { outcome: 'refused' },
    ]);
    const left = { ...docker, swarmState: 'inactive' };
    expect(read({ [key]: value }, contextOf('containerd@2.1', { docker: left })).answers).toMatchObject([
      { outcome: 'not-needed' },
    ]);
  });
});

describe('readSettings', () => {
  const context = contextOf('containerd@2.1');

  it('warns of a key that it does not know, also where it is set to nothing', () => {
    const { answers, notices, intent } = read({ 'some-new-key': [] }, context);
    expect(answers).toMatchObject([{ key: 'some-new-key', value: [], outcome: 'warning', target: '' }]);
    expect(notices[0]?.message).toContain('some-new-key of /etc/docker/daemon.json, line 7');
    expect(intent).toEqual(DEFAULT_INTENT);
  });

  it.each(['http-proxy', 'insecure-registry', 'add-runtime', 'host'])(
    'says that dockerd ignores %s, which is a flag and no key',
    (key) => {
      const { answers } = read({ [key]: 'x' }, context);
      expect(answers).toMatchObject([
        { key, outcome: 'warning', note: expect.stringContaining('ignores it here without a word') as string },
      ]);
    },
  );

  it.each<[string, unknown, string]>([
    ['debug', 'true', 'debug is a string, and dockerd wants true or false'],
    ['mtu', '1400', 'mtu is a string, and dockerd wants a whole number'],
    ['mtu', 1400.5, 'mtu is a number with a fraction, and dockerd wants a whole number'],
    ['hosts', 'fd://', 'hosts is a string, and dockerd wants a list'],
    ['registry-mirrors', [1], 'registry-mirrors.0 is a number, and dockerd wants a string'],
    ['log-opts', { 'max-file': 3 }, 'log-opts.max-file is a number, and dockerd wants a string'],
    ['log-opts', ['a'], 'log-opts is a list, and dockerd wants an object'],
    ['runtimes', { x: '/x' }, 'runtimes.x is a string, and dockerd wants an object'],
    ['runtimes', { x: { Path: 1 } }, 'runtimes.x.path is a number, and dockerd wants a string'],
    [
      'default-ulimits',
      { nofile: { Hard: '1' } },
      'default-ulimits.nofile.Hard is a string, and dockerd wants a whole number',
    ],
    ['features', { cdi: 'yes' }, 'features.cdi is a string, and dockerd wants true or false'],
    ['data-root', 5, 'data-root is a number, and dockerd wants a string'],
  ])('refuses %s: %j', (key, value, note) => {
    const { answers, notices } = read({ [key]: value }, context);
    expect(answers).toMatchObject([{ key, value, outcome: 'refused', note: expect.stringContaining(note) as string }]);
    expect(notices).toMatchObject([{ level: 'blocker', gate: 'daemon-json' }]);
  });

  it.each(settingRules.map(({ key }) => key))('takes null for %s as dockerd does, for nothing', (key) => {
    expect(said(read({ [key]: null }, context))).toEqual([[key, 'not-needed', '']]);
  });

  it('refuses no setting that is refused already twice, and does not follow it', () => {
    const setting = { source: SOURCE, key: 'debug', value: true, refused: 'debug is set twice' };
    const { answers, notices, intent } = readSettings([setting], context, DEFAULT_INTENT);
    expect(answers).toMatchObject([{ outcome: 'refused', note: 'debug is set twice' }]);
    expect(notices).toEqual([]);
    expect(intent).toEqual(DEFAULT_INTENT);
  });

  it('leaves everything to a Docker that stays', () => {
    const all = Object.fromEntries([...settingCases.map(({ key, value }) => [key, value] as const), ['new-key', 1]]);
    const { answers, notices, intent } = read(all, contextOf('cri-dockerd@0.3'));
    expect(answers).toHaveLength(Object.keys(all).length);
    expect(new Set(answers.map(({ outcome, note }) => `${outcome} ${note}`))).toEqual(
      new Set(['not-needed Docker stays and goes on reading it']),
    );
    expect(notices).toEqual([]);
    expect(intent).toEqual(DEFAULT_INTENT);
  });

  it('lets debug count more than a level, whichever comes first', () => {
    for (const value of [
      { debug: true, 'log-level': 'error' },
      { 'log-level': 'error', debug: true },
    ]) {
      expect(read(value, context).intent.logLevel).toBe('debug');
    }
  });

  it('takes a default runtime that is among the runtimes, wherever they stand', () => {
    const runtimes = { nvidia: { path: '/usr/bin/nvidia-container-runtime' } };
    const { answers, intent } = read({ 'default-runtime': 'nvidia', runtimes }, context);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['converted', 'converted']);
    expect(intent.defaultRuntime).toBe('nvidia');
  });

  it("puts daemon.json's proxies before those of the unit, in whatever case", () => {
    const before = {
      ...DEFAULT_INTENT,
      proxies: [
        { name: 'https_proxy', value: 'http://old' },
        { name: 'NO_PROXY', value: '.lab' },
      ],
    };
    expect(read({ proxies: { 'https-proxy': 'http://new' } }, context, before).intent.proxies).toEqual([
      { name: 'NO_PROXY', value: '.lab' },
      { name: 'HTTPS_PROXY', value: 'http://new' },
    ]);
  });

  it('repeats no proxy in a sentence', () => {
    const { answers, notices } = read(
      { proxies: { 'http-proxy': 'http://u:marker@p', 'x-proxy': 'http://u:marker@p' } },
      context,
    );
    expect(answers.map(({ note }) => note).join()).not.toContain('marker');
    expect(JSON.stringify(notices)).not.toContain('marker');
  });
});
