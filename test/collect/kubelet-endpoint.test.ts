import { describe, expect, it } from 'vitest';
import { kubeletEndpoint } from '../../src/collect/kubelet-endpoint.js';
import { parseFlags } from '../../src/collect/parse-flags.js';
import { runsInContainer } from '../../src/collect/runs-in-container.js';
import { runtimeKind } from '../../src/collect/runtime-kind.js';

describe('parseFlags', () => {
  it.each<[string, string[], Record<string, string>]>([
    ['with =', ['--a=b', '--c=d=e', '--empty='], { a: 'b', c: 'd=e', empty: '' }],
    ['as two words', ['--a', 'b', '--c', 'unix:///x'], { a: 'b', c: 'unix:///x' }],
    ['alone', ['--a', '--b', '--c=1'], { a: 'true', b: 'true', c: '1' }],
    ['twice', ['--a=1', '--a', '2'], { a: '2' }],
    ['with underscores', ['--cni_bin_dir=/x', '--cni-bin-dir=/y'], { 'cni-bin-dir': '/y' }],
    ['with one dash', ['-v=2', '-a', 'b'], { v: '2', a: 'b' }],
    ['with a negative value', ['--oom-score-adj', '-999', '--b'], { 'oom-score-adj': '-999', b: 'true' }],
    ['after a subcommand', ['kubelet', '--a=b'], { a: 'b' }],
    ['with spaces and line breaks in the value', ['--a=b c\nd'], { a: 'b c\nd' }],
  ])('%s', (_name, words, flags) => {
    expect(parseFlags(['/usr/bin/kubelet', ...words])).toEqual(flags);
  });
});

describe('kubeletEndpoint', () => {
  const remote = { 'container-runtime': 'remote' };
  const at = (endpoint: string): Record<string, string> => ({ 'container-runtime-endpoint': endpoint });
  const field = (endpoint: string): Record<string, string> => ({ containerRuntimeEndpoint: endpoint });

  it.each<[string, string, Record<string, string>, Record<string, unknown>, boolean, string]>([
    ['nothing said', '1.21.2', {}, {}, true, 'unix:///run/dockershim.sock'],
    ['docker said', '1.18.0', { 'container-runtime': 'docker' }, {}, true, 'unix:///run/dockershim.sock'],
    ['dockershim elsewhere', '1.23.9', at('/var/run/shim.sock'), {}, true, 'unix:///run/shim.sock'],
    [
      'an endpoint without remote is dockershim still',
      '1.22.1',
      at('unix:///run/containerd/containerd.sock'),
      {},
      true,
      'unix:///run/containerd/containerd.sock',
    ],
    ['remote', '1.22.1', { ...remote, ...at('/var/run/crio/crio.sock') }, {}, false, 'unix:///run/crio/crio.sock'],
    [
      'a field that this version does not know',
      '1.23.0',
      {},
      field('unix:///run/crio/crio.sock'),
      true,
      'unix:///run/dockershim.sock',
    ],
    ['1.24 cannot be dockershim', '1.24.0', { 'container-runtime': 'docker' }, {}, false, ''],
    [
      '1.26 has no field',
      '1.26.0',
      at('unix:///run/cri-dockerd.sock'),
      field('unix:///x'),
      false,
      'unix:///run/cri-dockerd.sock',
    ],
    ['1.27 has one', '1.27.0', {}, field('unix:///run/crio/crio.sock'), false, 'unix:///run/crio/crio.sock'],
    ['the flag wins over it', '1.28.3', at('unix:///a.sock'), field('unix:///b.sock'), false, 'unix:///a.sock'],
    ['an empty field is none', '1.29.0', {}, field(''), false, 'unix:///run/containerd/containerd.sock'],
  ])('%s (%s)', (_name, version, flags, config, dockershim, endpoint) => {
    expect(kubeletEndpoint(version, flags, config)).toEqual({ dockershim, endpoint });
  });
});

describe('runtimeKind', () => {
  it.each([
    ['unix:///run/containerd/containerd.sock', 'containerd'],
    ['unix:///run/k3s/containerd/containerd.sock', 'containerd'],
    ['unix:///run/k0s/containerd.sock', 'containerd'],
    ['unix:///run/crio/crio.sock', 'cri-o'],
    ['unix:///run/cri-dockerd.sock', 'cri-dockerd'],
    ['unix:///run/k3s/cri-dockerd/cri-dockerd.sock', 'cri-dockerd'],
    ['unix:///run/frakti.sock', 'other'],
    ['', 'other'],
  ])('%s', (endpoint, kind) => {
    expect(runtimeKind(endpoint)).toBe(kind);
  });
});

describe('runsInContainer', () => {
  const id = 'a3'.repeat(32);
  it.each([
    ['cgroup v1', `12:pids:/docker/${id}\n1:name=systemd:/docker/${id}\n`, true],
    ['the systemd driver', `0::/system.slice/docker-${id}.scope\n`, true],
    ['a service', '0::/system.slice/kubelet.service\n', false],
    [
      'a service of a machine that is a container',
      `1:name=systemd:/docker/${id}/system.slice/kubelet.service\n`,
      false,
    ],
    ['a machine of systemd-nspawn', '0::/machine.slice/machine-w1.scope/payload/system.slice/kubelet.service\n', false],
    ['nothing', '', false],
  ])('%s', (_name, cgroups, contained) => {
    expect(runsInContainer(cgroups)).toBe(contained);
  });
});
