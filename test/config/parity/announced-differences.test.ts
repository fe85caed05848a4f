import { describe, expect, test } from 'vitest';
import { announcedDifferences, type DifferencesInput } from '../../../src/config/parity/announced-differences.js';
import { DEFAULT_INTENT, type RuntimeIntent } from '../../../src/config/runtime-intent.js';
import { parseVersion } from '../../../src/config/version.js';
import { valueOf } from '../../../src/core/fact.js';
import type { DockerFacts, FileFacts, UnitFacts } from '../../../src/core/inventory.js';
import { inventory } from '../../fixtures/inventory.js';

const { docker, units } = inventory();
const DOCKER: DockerFacts = {
  ...(valueOf(docker) ?? expect.fail('the fixture has no Docker')),
  version: '20.10.24',
  securityOptions: ['name=seccomp,profile=default'],
  containerdAddress: '/run/containerd/containerd.sock',
  daemonJson: {},
};
const UNIT: UnitFacts = valueOf(units)?.['containerd.service'] ?? expect.fail('the fixture has no units');

interface Changes {
  readonly target?: string;
  readonly docker?: Partial<DockerFacts>;
  readonly intent?: Partial<RuntimeIntent>;
  readonly crioEffective?: string;
  readonly containerdConfig?: string;
  /** Directives of the section Service, by unit. */
  readonly limits?: Readonly<Record<string, string>>;
}

function inputOf({ target = 'containerd@1.6.20', limits = {}, ...changes }: Changes): DifferencesInput {
  const [kind = '', text = ''] = target.split('@');
  const version = parseVersion(text) ?? expect.fail(`no version: ${text}`);
  const unitOf = (name: string): UnitFacts => ({
    ...UNIT,
    loadState: 'loaded',
    fragmentPath: `/lib/systemd/system/${name}`,
    dropInPaths: [],
  });
  const fileOf = (content: string): FileFacts => ({ exists: true, sha256: '', mode: 0o644, content, whole: true });
  return {
    intent: { ...DEFAULT_INTENT, ...changes.intent },
    target: { kind: kind as DifferencesInput['target']['kind'], version },
    docker: { ...DOCKER, ...changes.docker },
    crioEffective: changes.crioEffective,
    containerdConfig: changes.containerdConfig,
    units: Object.fromEntries(Object.keys(limits).map((name) => [name, unitOf(name)])),
    files: Object.fromEntries(
      Object.entries(limits).map(([name, lines]) => [`/lib/systemd/system/${name}`, fileOf(`[Service]\n${lines}\n`)]),
    ),
  };
}

const aspectsOf = (changes: Changes = {}): string[] =>
  announcedDifferences(inputOf(changes)).map(({ aspect }) => aspect);
const PORTS = 'sysctl:net.ipv4.ip_unprivileged_port_start';
const PING = 'sysctl:net.ipv4.ping_group_range';
const LOGS = ['log-format', 'log-path', 'log-rotation'];

describe('differences announced for containerd', () => {
  test('of Docker 20.10 and containerd 1.6, as they are on a node', () => {
    expect(aspectsOf()).toEqual([...LOGS, PORTS, PING]);
  });

  test.each([
    ['20.10.24', 'containerd@1.7.2', [PORTS, PING]],
    ['20.10.24', 'containerd@2.1.0', []],
    ['19.03.15', 'containerd@1.6.20', ['inheritable-capabilities']],
    ['19.03.15', 'containerd@2.0.0', ['inheritable-capabilities', PORTS, PING]],
  ])('of Docker %s and %s', (version, target, expected) => {
    expect(aspectsOf({ docker: { version }, target })).toEqual([...LOGS, ...expected]);
  });

  test('but for the rotation of logs where Docker rotated them itself', () => {
    const kubeletFields = { containerLogMaxSize: '10M', containerLogMaxFiles: 3 };
    expect(aspectsOf({ intent: { kubeletFields } })).toEqual(['log-format', 'log-path', PORTS, PING]);
  });

  test('but for low ports where its configuration allows them', () => {
    const cri = 'plugins."io.containerd.grpc.v1.cri"';
    const containerdConfig = `version = 2\n[${cri}]\nenable_unprivileged_ports = true\n`;
    expect(aspectsOf({ containerdConfig })).toEqual([...LOGS, PING]);
  });

  test('of settings of daemon.json that dockershim left in force', () => {
    const daemonJson = { init: true, 'no-new-privileges': true, 'default-cgroupns-mode': 'private' };
    expect(aspectsOf({ docker: { daemonJson } })).toEqual(
      expect.arrayContaining(['init', 'mount:/sbin/docker-init', 'no-new-privileges', 'cgroup:namespace']),
    );
    expect(aspectsOf({ docker: { daemonJson: { init: false } } })).not.toContain('init');
  });

  test('of profiles by what Docker has', () => {
    const seccomp = 'name=seccomp,profile=default';
    expect(aspectsOf({ docker: { securityOptions: [seccomp, 'name=apparmor'] } })).toContain('apparmor');
    expect(aspectsOf()).not.toContain('apparmor');
    expect(aspectsOf({ docker: { securityOptions: ['name=seccomp,profile=unconfined'] } })).toContain('seccomp');
    expect(aspectsOf({ docker: { securityOptions: [] } })).toContain('seccomp');
    expect(aspectsOf({ docker: { securityOptions: ['name=seccomp,profile=/etc/docker/own.json'] } })).not.toContain(
      'seccomp',
    );
  });

  test('of limits that come from another unit than before, or along with a drop-in', () => {
    const limits = {
      'containerd.service': 'LimitNOFILE=infinity\nLimitCORE=infinity\nLimitCORE=',
      'docker.service': 'LimitNOFILE=65536',
    };
    expect(aspectsOf({ limits })).toEqual(aspectsOf());
    expect(aspectsOf({ limits, docker: { containerdAddress: '/run/docker/containerd/containerd.sock' } })).toEqual(
      expect.arrayContaining(['ulimit:nofile', 'ulimit:core']),
    );
    const intent = { serviceDirectives: [{ section: 'Service' as const, key: 'LimitNOFILE', value: '65536' }] };
    expect(aspectsOf({ limits, intent }).filter((aspect) => aspect.startsWith('ulimit'))).toEqual(['ulimit:nofile']);
    const ulimits = [{ name: 'nofile', soft: 65536, hard: 65536 }];
    expect(aspectsOf({ limits, intent: { ...intent, ulimits } })).toEqual(aspectsOf());
  });

  test('none where Docker stays', () => {
    expect(aspectsOf({ target: 'cri-dockerd@0.3.4' })).toEqual([]);
  });
});

describe('differences announced for CRI-O', () => {
  const LOST = ['AUDIT_WRITE', 'MKNOD', 'NET_RAW', 'SETFCAP', 'SYS_CHROOT'].map((name) => `capability:${name}`);

  test('of 1.23 with its defaults, as they are on a node', () => {
    expect(aspectsOf({ target: 'crio@1.23.5' })).toEqual([
      ...[...LOGS, PORTS, PING, ...LOST],
      ...['inheritable-capabilities', 'pids-limit', 'environment:TERM', 'mount:/run/.containerenv'],
      'mount:/run/secrets*',
    ]);
  });

  test('of later ones, which limit no processes and make no capability inheritable', () => {
    const aspects = aspectsOf({ target: 'crio@1.28.0' });
    expect(aspects).toEqual(expect.arrayContaining(LOST));
    expect(aspects).not.toContain('pids-limit');
    expect(aspects).not.toContain('inheritable-capabilities');
  });

  test('of what its own configuration says', () => {
    const crioEffective = `[crio.runtime]
default_capabilities = ["CHOWN", "CAP_NET_RAW", "SYS_PTRACE"]
pids_limit = 4096
default_sysctls = ["net.ipv4.ping_group_range=0 2147483647", "net.ipv4.ip_unprivileged_port_start=80"]
default_env = ["TOKEN=hunter2"]
`;
    const found = announcedDifferences(inputOf({ target: 'crio@1.28.0', crioEffective }));
    const aspects = found.map(({ aspect }) => aspect);
    expect(aspects).toEqual(expect.arrayContaining(['capability:KILL', 'capability:SYS_PTRACE', 'pids-limit', PORTS]));
    expect(aspects).toContain('environment:TOKEN');
    expect(aspects).not.toContain('capability:NET_RAW');
    expect(aspects).not.toContain(PING);
    expect(JSON.stringify(found)).not.toContain('hunter2');
    expect(found.find(({ aspect }) => aspect === 'pids-limit')?.note).toContain('4096');
  });

  test('of limits, by the units', () => {
    const limits = {
      'containerd.service': 'LimitNOFILE=infinity\nLimitCORE=infinity',
      'crio.service': 'LimitCORE=infinity',
    };
    expect(aspectsOf({ target: 'crio@1.28.0', limits }).filter((aspect) => aspect.startsWith('ulimit'))).toEqual([
      'ulimit:nofile',
    ]);
  });

  test('each in a sentence without a full stop', () => {
    for (const target of ['crio@1.23.5', 'containerd@1.6.20', 'containerd@2.0.0']) {
      for (const { note } of announcedDifferences(inputOf({ target }))) {
        expect(note).toMatch(/^\S.*[^.]$/);
        expect(note).not.toMatch(/undefined|\[object/);
      }
    }
  });

  test.each([
    ['1.23.0', undefined, false],
    ['1.24.0', undefined, true],
    ['1.29.9', undefined, true],
    ['1.30.0', undefined, false],
    ['1.28.0', '[crio.runtime]\nseccomp_use_default_when_empty = false\n', false],
  ])('CRI-O %s with %j confines pods that ask for no seccomp profile: %s', (version, crioEffective, confines) => {
    const input = { target: `crio@${version}`, ...(crioEffective === undefined ? {} : { crioEffective }) };
    expect(aspectsOf(input).includes('seccomp')).toBe(confines);
  });
});
