import { describe, expect, it } from 'vitest';
import { containerdMismatches } from '../../../src/config/containerd/effective-containerd.js';
import { golden } from '../golden.js';
import { R2 } from './part.js';

const V2 = golden('containerd/daemon-v2.toml');
const V3 = golden('containerd/daemon-v3.toml');

describe('containerdMismatches', () => {
  it.each([
    ['2', V2],
    ['3', V3],
  ])('has nothing to say of what is as meant (version %s)', (_version, text) => {
    expect(containerdMismatches(text, text)).toEqual([]);
  });

  it('compares over versions, as containerd 2.x migrates what it reads', () => {
    expect(containerdMismatches(V3, V2)).toEqual([]);
    const metrics = '[metrics]\n  address';
    const server = `[plugins.'io.containerd.server.v1.metrics']\n  address`;
    const V4 = V3.replace('version = 3', 'version = 4').replace(metrics, server);
    expect(V4).toContain(server);
    expect(containerdMismatches(V4, V3)).toEqual([]);
    expect(containerdMismatches(V4, V2)).toEqual([]);
    expect(containerdMismatches(V4.replace(':1338', ':1'), V2)).toEqual([
      'plugins."io.containerd.server.v1.metrics".address is "127.0.0.1:1", meant is "127.0.0.1:1338"',
    ]);
  });

  it.each([
    [
      'SystemdCgroup = true',
      'SystemdCgroup = false',
      `${R2}.containerd.runtimes.runc.options.SystemdCgroup is false, meant is true`,
    ],
    ['pause:3.6', 'pause:3.8', `${R2}.sandbox_image is "k8s.gcr.io/pause:3.8", meant is "k8s.gcr.io/pause:3.6"`],
    ['"btrfs"', '"native"', `${R2}.containerd.snapshotter is "native", meant is "btrfs"`],
    ['"/etc/containerd/certs.d"', '""', `${R2}.registry.config_path is not set, meant is "/etc/containerd/certs.d"`],
    [
      '"io.containerd.runc.v2"',
      '""',
      `${R2}.containerd.runtimes.runc.runtime_type is not set, meant is "io.containerd.runc.v2"`,
    ],
    ['level = "debug"', 'level = "info"', 'debug.level is "info", meant is "debug"'],
    ['oom_score = -1000', 'oom_score = 0', 'oom_score is 0, meant is -1000'],
    ['root = "/data/containerd"\n', '', 'root is not set, meant is "/data/containerd"'],
  ])('finds %s that became %s', (meant, found, sentence) => {
    expect(V2).toContain(meant);
    expect(containerdMismatches(V2.replaceAll(meant, found), V2)).toEqual([sentence]);
  });

  it('finds a disabled plugin, a missing handler, and text that is no TOML', () => {
    const disabled = V2.replace('version = 2', 'version = 2\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]');
    expect(containerdMismatches(disabled, V2)).toEqual(['the CRI plugin is disabled (io.containerd.grpc.v1.cri)']);
    expect(containerdMismatches(V2.replaceAll('runtimes.runc', 'runtimes.other'), V2)).toEqual([
      `${R2}.containerd.runtimes.runc.runtime_type is not set, meant is "io.containerd.runc.v2"`,
      `${R2}.containerd.runtimes.runc.options.SystemdCgroup is not set, meant is true`,
    ]);
    expect(containerdMismatches('version = \n', V2)[0]).toContain('line 1');
    expect(containerdMismatches(V2, 'version = \n')[0]).toContain('line 1');
  });

  it('takes what containerd spells otherwise for the same', () => {
    const written =
      'version = 2\nimports = ["/a/*.toml"]\n[timeouts]\na = "60s"\nb = "1500us"\nc = "1h"\n[x]\nd = 1\ne = [1]\nf = ""\n';
    const dumped =
      'version = 2\nimports = ["/a/b.toml"]\n[timeouts]\na = "1m0s"\nb = "1.5ms"\nc = "1h0m0s"\n[x]\nd = 1.0\ne = [1]\ng = 2\n';
    expect(containerdMismatches(dumped, written)).toEqual([]);
    expect(containerdMismatches(dumped.replace('1m0s', '2m0s'), written)).toEqual([
      'timeouts.a is "2m0s", meant is "60s"',
    ]);
    expect(containerdMismatches(dumped.replace('[1]', '[1, 2]'), written)).toEqual(['x.e is [1, 2], meant is [1]']);
  });

  it("leaves alone an administrator's plugins that this containerd was built without", () => {
    const other = `${V2}\n[plugins."io.containerd.snapshotter.v1.mine"]\na = 1\n`;
    expect(containerdMismatches(V2, other)).toEqual([]);
  });

  it('has no sentence with a secret in it', () => {
    const written = `${V2}
[${R2}.registry.configs."r.lab".auth]
username = "robot"
password = "swordfish"
[${R2}.registry.headers]
X-Custom = ["swordfish"]
[stream_processors.x]
env = ["PASS=swordfish"]
[proxy_plugins.y]
address = "http://u:swordfish@proxy"
[z]
api_token = "swordfish"
`;
    const sentences = containerdMismatches(V2, written);
    expect(sentences).toContain(`${R2}.registry.configs."r.lab".auth.password is not set`);
    expect(sentences).toHaveLength(6);
    const others = containerdMismatches(written.replaceAll('swordfish', 'codfish'), written);
    expect(others).toContain(`${R2}.registry.configs."r.lab".auth.password is not what is meant`);
    expect(others).toHaveLength(5);
    expect([...sentences, ...others].join('\n')).not.toMatch(/swordfish|codfish|robot/);
  });
});
