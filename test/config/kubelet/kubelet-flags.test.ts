import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseKubeletFlags, serialiseKubeletFlags } from '../../../src/config/kubelet/kubelet-flags.js';
import { rewriteKubeletFlags, type FlagRules } from '../../../src/config/kubelet/rewrite-kubelet-flags.js';
import { parseVersion } from '../../../src/config/version.js';

const ENDPOINT = 'unix:///run/containerd/containerd.sock';

function rules(version: string, place: FlagRules['place'] = 'front'): FlagRules {
  const kubelet = parseVersion(version);
  if (kubelet === undefined) throw new Error(`no version: ${version}`);
  const runtimeCgroups = '/system.slice/containerd.service';
  return {
    kubelet,
    endpoint: ENDPOINT,
    runtimeCgroups,
    place,
    target: 'containerd',
    endpointInConfig: false,
    added: [],
  };
}

function rewritten(text: string, version = '1.21.2', place: FlagRules['place'] = 'front'): string {
  const rewrite = rewriteKubeletFlags(text, rules(version, place));
  if (!rewrite.ok) throw new Error(rewrite.reason);
  return rewrite.value.text;
}

const RUNTIME = `--container-runtime=remote --container-runtime-endpoint=${ENDPOINT}`;

describe('parseKubeletFlags', () => {
  it.each<[string, readonly (readonly [string | undefined, string | undefined])[]]>([
    ['--a=b', [['a', 'b']]],
    ['--a b', [['a', 'b']]],
    ['--a', [['a', undefined]]],
    [
      '--a --b',
      [
        ['a', undefined],
        ['b', undefined],
      ],
    ],
    ['--network_plugin=cni', [['network-plugin', 'cni']]],
    [
      '-v=2 -v 4',
      [
        ['v', '2'],
        ['v', '4'],
      ],
    ],
    ['-network-plugin=cni', [['network-plugin', 'cni']]],
    ['--oom-score-adj -999', [['oom-score-adj', '-999']]],
    [
      '--labels="a=b c=d" --x',
      [
        ['labels', 'a=b c=d'],
        ['x', undefined],
      ],
    ],
    ['"--labels=a b"', [['labels', 'a b']]],
    [
      '--a="" --b',
      [
        ['a', ''],
        ['b', undefined],
      ],
    ],
    [
      '/usr/bin/kubelet $ARGS --a $MORE',
      [
        [undefined, undefined],
        [undefined, undefined],
        ['a', undefined],
        [undefined, undefined],
      ],
    ],
    ['--a ${ONE}', [['a', '${ONE}']]],
    [
      '--experimental-dockershim x',
      [
        ['experimental-dockershim', undefined],
        [undefined, undefined],
      ],
    ],
    ['', []],
  ])('reads %s', (text, expected) => {
    const parsed = parseKubeletFlags(text);
    expect(parsed.ok && parsed.value.tokens.map(({ name, value }) => [name, value])).toEqual(expected);
  });

  it('says where a quote is left open', () => {
    expect(parseKubeletFlags('--a=b\n--c="d')).toEqual({
      ok: false,
      line: 2,
      reason: 'a quote is opened and not closed',
    });
  });

  it('loses no byte', () => {
    const piece = fc.constantFrom(
      '--a',
      '--b=c',
      ' ',
      '  ',
      '\t',
      '\n',
      'v',
      '-1',
      '"x y"',
      "'z'",
      '\\ ',
      '$V',
      '${W}',
      '=',
      '-',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join('')),
        (text) => {
          const parsed = parseKubeletFlags(text);
          expect(parsed.ok && serialiseKubeletFlags(parsed.value)).toBe(text);
        },
      ),
    );
  });
});

describe('rewriteKubeletFlags', { timeout: 60_000 }, () => {
  it.each([
    [
      'what kubeadm wrote',
      '--network-plugin=cni --pod-infra-container-image=k8s.gcr.io/pause:3.2',
      `${RUNTIME} --pod-infra-container-image=k8s.gcr.io/pause:3.2`,
    ],
    ['nothing', '', RUNTIME],
    ['only what goes', '--network-plugin=cni', RUNTIME],
    ['flags in two words', '--network-plugin cni --v 2 --cni-bin-dir /opt/cni/bin', `${RUNTIME} --v 2`],
    ['underscores', '--network_plugin=cni --node_ip=1.2.3.4', `${RUNTIME} --node_ip=1.2.3.4`],
    ['what is not known', '--a=1 --network-plugin=cni --b="x y" --c', `${RUNTIME} --a=1 --b="x y" --c`],
    [
      'the runtime of before, in place',
      '--a=1 --container-runtime=docker --b=2',
      `--container-runtime-endpoint=${ENDPOINT} --a=1 --container-runtime=remote --b=2`,
    ],
    [
      'a former endpoint',
      `--container-runtime=remote --container-runtime-endpoint /var/run/dockershim.sock --x`,
      `${RUNTIME} --x`,
    ],
    [
      'flags given twice',
      `--container-runtime=docker ${RUNTIME} --x`,
      `--container-runtime=remote --container-runtime-endpoint=${ENDPOINT} --x`,
    ],
    ['an image service', '--image-service-endpoint=unix:///var/run/dockershim.sock --x', `${RUNTIME} --x`],
    [
      "Docker's own",
      '--docker=unix:///var/run/docker.sock --docker-endpoint=x --docker_root=/d --docker-only --x',
      `${RUNTIME} --x`,
    ],
    ['deadlines of pulls', '--image-pull-progress-deadline=10m --x', `${RUNTIME} --x`],
    [
      "the cgroup of Docker's daemon",
      '--runtime-cgroups=/system.slice/docker.service --kubelet-cgroups=/k',
      `${RUNTIME} --runtime-cgroups=/system.slice/containerd.service --kubelet-cgroups=/k`,
    ],
    ['another cgroup', '--runtime-cgroups=/x', `${RUNTIME} --runtime-cgroups=/x`],
    ['white space', ' --network-plugin=cni   --x  ', ` ${RUNTIME} --x  `],
  ])('changes %s', (_what, before, after) => {
    expect(rewritten(before)).toBe(after);
  });

  it.each([
    ['1.19.16', RUNTIME],
    ['1.23.17', RUNTIME],
    ['1.24.0', `--container-runtime-endpoint=${ENDPOINT}`],
    ['1.26.9', `--container-runtime-endpoint=${ENDPOINT}`],
    ['1.27.0', `--container-runtime-endpoint=${ENDPOINT}`],
  ])('tells a kubelet %s its runtime', (version, flags) => {
    expect(rewritten('--network-plugin=cni --pod-infra-container-image=p', version)).toBe(
      `${flags} --pod-infra-container-image=p`,
    );
  });

  it('takes away what later kubelets do not know', () => {
    const text = '--container-runtime=remote --pod-infra-container-image=p --non-masquerade-cidr=10.0.0.0/8 --x';
    const endpoint = `--container-runtime-endpoint=${ENDPOINT}`;
    expect(rewritten(text, '1.23.0')).toContain('--non-masquerade-cidr=10.0.0.0/8');
    expect(rewritten(text, '1.27.0')).toBe(`${endpoint} --pod-infra-container-image=p --x`);
    expect(rewritten(text, '1.35.0')).toBe(`${endpoint} --x`);
  });

  it('only takes away where the flags go elsewhere, and puts them last in ExecStart', () => {
    expect(rewritten('--container-runtime=docker --x --network-plugin=cni', '1.21.2', 'elsewhere')).toBe('--x');
    expect(rewritten('/usr/bin/kubelet --network-plugin=cni $ARGS', '1.21.2', 'back')).toBe(
      `/usr/bin/kubelet $ARGS ${RUNTIME}`,
    );
  });

  const word = fc.constantFrom(
    ...[
      '--network-plugin=cni',
      '--network-plugin cni',
      '--cni-bin-dir=/x',
      '--docker-only',
      '--container-runtime=docker',
    ],
    ...['--container-runtime=remote', '--container-runtime-endpoint=/x', `--container-runtime-endpoint=${ENDPOINT}`],
    ...['--runtime-cgroups=/docker', '--runtime-cgroups /system.slice/docker.service', '--image-service-endpoint=/x'],
  );
  const unknownWord = fc.constantFrom(
    '--a=1',
    '--b 2',
    '--c',
    '-v=3',
    '--d="x y"',
    "--e='z'",
    '--f=',
    '--pod-infra-container-image=p',
  );
  const line = fc
    .array(fc.tuple(fc.oneof(word, unknownWord), fc.constantFrom(' ', '  ', '\t')), { maxLength: 8 })
    .map((words) => words.map((pair) => pair.join('')).join(''));

  it.each(['front', 'back', 'elsewhere'] as const)('does twice what it does once (%s)', (place) => {
    fc.assert(
      fc.property(line, fc.constantFrom('1.19.0', '1.23.0', '1.24.0', '1.27.0', '1.35.0'), (text, version) => {
        const once = rewritten(text, version, place);
        expect(rewritten(once, version, place)).toBe(once);
      }),
    );
  });

  it('keeps flags it does not know, in their order and spelling', () => {
    fc.assert(
      fc.property(line, (text) => {
        const known = /^--(?:network-plugin|cni-|docker-only|container-runtime|runtime-cgroups|image-service)/;
        const others = (of: string): string[] => {
          const parsed = parseKubeletFlags(of);
          return parsed.ok ? parsed.value.tokens.map(({ raw }) => raw).filter((raw) => !known.test(raw)) : [];
        };
        const after = rewritten(text);
        expect(others(after)).toEqual(others(text));
        const parsed = parseKubeletFlags(after);
        const names = parsed.ok ? parsed.value.tokens.map(({ name }) => name) : [];
        expect(names.filter((name) => name === 'container-runtime')).toHaveLength(1);
        expect(names.filter((name) => name === 'container-runtime-endpoint')).toHaveLength(1);
        expect(after).not.toMatch(/network-plugin|cni-bin-dir|docker/);
      }),
    );
  });
});
