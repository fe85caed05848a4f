import { describe, expect, it } from 'vitest';
import type { ClusterPod, ContainerSecurity } from '../../../src/core/cluster-objects.js';
import type { Conversion } from '../../../src/core/conversion.js';
import { known, unknown } from '../../../src/core/fact.js';
import type { CrioFacts, NodeInventory } from '../../../src/core/inventory.js';
import type { Notice, Target } from '../../../src/core/plan.js';
import type { Gate } from '../../../src/plan/gate.js';
import { crioCapabilities } from '../../../src/plan/gates/crio-capabilities.js';
import { crioInstalled } from '../../../src/plan/gates/crio-installed.js';
import { crioPidsLimit } from '../../../src/plan/gates/crio-pids-limit.js';
import { crioSeccomp } from '../../../src/plan/gates/crio-seccomp.js';
import { crioShortNames } from '../../../src/plan/gates/crio-short-names.js';
import { file, inventory, migrateOptions, pod } from '../../fixtures/inventory.js';

/** `null` where `crio config` fails. */
const crio = (version: string, config: string | null = ''): NodeInventory['crio'] =>
  known<CrioFacts>(
    {
      binary: '/usr/bin/crio',
      version,
      configPath: '/etc/crio/crio.conf',
      configDir: '/etc/crio/crio.conf.d',
      effectiveConfig: config ?? undefined,
    },
    'crio',
  );

const security = (more: Partial<ContainerSecurity> = {}): ContainerSecurity => ({
  name: 'app',
  privileged: false,
  runAsUser: undefined,
  runAsNonRoot: false,
  adds: [],
  drops: [],
  seccomp: undefined,
  ...more,
});

const secured = (name: string, more: Partial<ContainerSecurity>, rest: Partial<ClusterPod> = {}): ClusterPod =>
  pod({ name, security: [security(more)], ...rest });

function answers(
  gate: Gate,
  change: Parameters<typeof inventory>[0],
  target: Target = 'crio',
): readonly Omit<Notice, 'gate'>[] {
  const conversion = undefined as unknown as Conversion; // none of these gates looks at it
  return gate.check({ inventory: inventory(change), options: migrateOptions({ target }), conversion });
}

const GATES = [crioInstalled, crioCapabilities, crioPidsLimit, crioSeccomp];

describe('gates of CRI-O', () => {
  it.each(['containerd', 'cri-dockerd'] as const)('are silent on the way to %s', (target) => {
    const change = { crio: crio('1.24.0'), pods: known([secured('a', {})], '') };
    expect(GATES.flatMap((gate) => answers(gate, change, target))).toEqual([]);
    expect(GATES.flatMap((gate) => answers(gate, change)).length).toBeGreaterThan(2);
  });

  it('are not all undecided where it is not there', () => {
    const missing = { crio: unknown('worker-1 has no command crio') };
    expect(GATES.flatMap((gate) => answers(gate, missing)).map(({ level }) => level)).toEqual(['undecided']);
    expect(answers(crioInstalled, missing)[0]?.fix).toContain('install CRI-O 1.21');
  });
});

describe('crio-installed', () => {
  const level = (version: string, kubelet: string): readonly string[] =>
    answers(crioInstalled, { crio: crio(version), kubelet: { value: { version: kubelet } } as never }).map(
      (notice) => notice.level,
    );

  it.each([
    ['1.21.7', '1.21.2', []],
    ['1.23.5', '1.21.2', ['warning']],
    ['1.25.5', '1.22.0', ['warning']],
    ['1.26.0', '1.22.0', ['blocker']],
    ['1.26.0', '1.23.0', ['warning']],
    ['1.20.9', '1.25.0', ['warning']],
    ['1.20.9', '1.26.0', ['blocker']],
    ['1.27.8', '1.35.0', ['warning']],
    ['1.27.8', '1.36.0', ['blocker']],
    ['1.36.0', '1.36.0', []],
    ['strange', '1.36.0', ['blocker']],
  ])('%s with the kubelet %s: %j', (version, kubelet, expected) => {
    expect(level(version, kubelet)).toEqual(expected);
  });

  it('is undecided where CRI-O does not read its own configuration', () => {
    expect(answers(crioInstalled, { crio: crio('1.21.7', null) }).map((notice) => notice.level)).toEqual(['undecided']);
  });
});

describe('crio-capabilities', () => {
  const told = (pods: readonly ClusterPod[], config = ''): readonly Omit<Notice, 'gate'>[] =>
    answers(crioCapabilities, { crio: crio('1.23.5', config), pods: known(pods, '') });

  it('names the pods that may use one that CRI-O does not give', () => {
    const [notice, ...more] = told([secured('a', {}), secured('b', { drops: ['ALL'] }), secured('c', {})]);
    expect(more).toEqual([]);
    expect(notice).toMatchObject({ level: 'warning' });
    expect(notice?.message).toContain('2 pods may use MKNOD, NET_RAW, SETFCAP, SYS_CHROOT, AUDIT_WRITE,');
    expect(notice?.message).toContain('default/a, default/c');
    expect(notice?.fix).toContain('default_capabilities');
  });

  it.each<[string, Partial<ContainerSecurity>]>([
    ['privileged', { privileged: true }],
    ['of a user', { runAsUser: 1000 }],
    ['not of root', { runAsNonRoot: true }],
    ['that drops all', { drops: ['all'] }],
    ['that asks for all', { adds: ['ALL'] }],
    ['that asks for each', { adds: ['NET_RAW', 'CAP_SYS_CHROOT', 'MKNOD'], drops: ['AUDIT_WRITE', 'SETFCAP'] }],
  ])('lets a container pass that is %s', (_what, more) => {
    expect(told([secured('a', more)])).toEqual([]);
    expect(
      told([secured('a', { ...more, privileged: false, runAsUser: 0, runAsNonRoot: false, adds: [], drops: [] })]),
    ).toHaveLength(1);
  });

  it('counts what CRI-O is set to', () => {
    const all = ['NET_RAW', 'SYS_CHROOT', 'MKNOD', 'CAP_AUDIT_WRITE', 'SETFCAP'];
    const nine = [
      'CHOWN',
      'DAC_OVERRIDE',
      'FSETID',
      'FOWNER',
      'SETGID',
      'SETUID',
      'SETPCAP',
      'NET_BIND_SERVICE',
      'KILL',
    ];
    const set = (names: readonly string[]): string =>
      `[crio.runtime]\ndefault_capabilities = ${JSON.stringify(names)}\n`;
    expect(told([secured('a', {})], set([...nine, ...all]))).toEqual([]);
    expect(told([secured('a', {})], set([...nine, 'NET_RAW']))[0]?.message).toContain('may use MKNOD, SETFCAP,');
    const commented = set(nine).replace('default_', '# default_');
    expect(told([secured('a', {})], commented)[0]?.message).toContain('NET_RAW');
  });

  it('shortens a long list, and does not guess at what it has not seen', () => {
    const many = Array.from({ length: 40 }, (_, at) => secured(`p${at}`, {}));
    expect(told(many)[0]?.message).toMatch(/^40 pods may use .* and 28 more$/);
    const { security: _unseen, ...old } = secured('old', {});
    expect(told([old]).map(({ level }) => level)).toEqual(['undecided']);
    const gone = answers(crioCapabilities, { crio: crio('1.23.5'), pods: unknown('no answer') });
    expect(gone.map(({ level }) => level)).toEqual(['undecided']);
  });
});

describe('crio-pids-limit', () => {
  const told = (version: string, config = '', kubelet: Readonly<Record<string, unknown>> = {}) =>
    answers(crioPidsLimit, { crio: crio(version, config), kubelet: { value: { config: kubelet } } as never });

  it.each([
    ['1.23.5', '', {}, 1],
    ['1.24.0', '', {}, 0],
    ['1.29.0', '', {}, 0],
    ['1.23.5', '[crio.runtime]\npids_limit = 0\n', {}, 0],
    ['1.28.0', '[crio.runtime]\npids_limit = 2048\n', {}, 1],
    ['1.34.0', '[crio.runtime]\n# pids_limit = -1\n', {}, 0],
    ['1.23.5', '', { podPidsLimit: 1024 }, 0],
    ['1.23.5', '', { podPidsLimit: 4096 }, 1],
    ['1.23.5', '', { podPidsLimit: -1 }, 1],
  ])('%s with %j and the kubelet %j: %i', (version, config, kubelet, count) => {
    expect(told(version, config, kubelet)).toHaveLength(count);
  });

  it('says which value is none', () => {
    expect(told('1.23.5')[0]?.message).toContain('1024');
    expect(told('1.23.5')[0]?.fix).toContain('pids_limit = 0');
    expect(told('1.29.0', '[crio.runtime]\npids_limit = 5\n')[0]?.fix).toContain('pids_limit = -1');
  });
});

describe('crio-seccomp', () => {
  const told = (version: string, pods: readonly ClusterPod[], config = '', kubelet = {}) =>
    answers(crioSeccomp, {
      crio: crio(version, config),
      pods: known(pods, ''),
      kubelet: { value: { config: kubelet } } as never,
    });

  it.each([
    ['1.23.5', 0],
    ['1.24.0', 1],
    ['1.29.13', 1],
    ['1.30.0', 0],
  ])('%s: %i', (version, count) => {
    expect(told(version, [secured('a', {})])).toHaveLength(count);
  });

  it('names pods of which a container asks for nothing', () => {
    const asks = { annotations: { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' } };
    const one = { annotations: { 'container.seccomp.security.alpha.kubernetes.io/app': 'unconfined' } };
    const pods = [
      secured('a', {}),
      secured('b', { seccomp: 'Unconfined' }),
      secured('c', { privileged: true }),
      secured('d', {}, asks),
      secured('e', {}, one),
    ];
    const [notice] = told('1.28.0', pods);
    expect(notice?.message).toMatch(/^1 pod asks .*: default\/a$/);
    expect(notice?.fix).toContain('seccomp_use_default_when_empty = false');
  });

  it('is silent where it was turned off, or the kubelet asks for the profile itself', () => {
    const off = '[crio.runtime]\nseccomp_use_default_when_empty = false\n';
    expect(told('1.28.0', [secured('a', {})], off)).toEqual([]);
    expect(told('1.28.0', [secured('a', {})], '', { seccompDefault: true })).toEqual([]);
  });
});

describe('crio-short-names', () => {
  const aliases =
    '[aliases]\n"fedora" = "registry.fedoraproject.org/fedora"\n"nginx" = "docker.io/library/nginx"\n"a/b" = "quay.io/a/b"\n';
  const told = (...images: string[]): readonly string[] =>
    answers(crioShortNames, {
      files: { value: { '/etc/containers/registries.conf.d/shortnames.conf': file(aliases) } },
      pods: known([pod({ name: 'p', images })], ''),
    }).map(({ message }) => message);

  it('names images that an alias takes elsewhere', () => {
    expect(told('fedora', 'nginx:1', 'a/b:2')).toEqual([
      'CRI-O pulls registry.fedoraproject.org/fedora for the image fedora of default/p, and Docker pulled docker.io/library/fedora',
      'CRI-O pulls quay.io/a/b for the image a/b of default/p, and Docker pulled docker.io/a/b',
    ]);
  });

  it('lets images pass that name their registry, or go where they went', () => {
    expect(told('docker.io/library/fedora', 'nginx', 'r:5000/fedora', 'quay.io/a/b', 'fedora-minimal')).toEqual([]);
  });
});
