import { describe, expect, it } from 'vitest';
import type { TargetRuntime } from '../../src/core/scan-report.js';
import { dockerDataRoot } from '../../src/rules/docker-data-root.js';
import { dockerEtc } from '../../src/rules/docker-etc.js';
import { dockerHostEnv } from '../../src/rules/docker-host-env.js';
import { dockerLogDir } from '../../src/rules/docker-log-dir.js';
import { icmp } from '../../src/rules/icmp.js';
import { imageLocalOnly } from '../../src/rules/image-local-only.js';
import type { Rule } from '../../src/rules/rule.js';
import { sockParentDir } from '../../src/rules/sock-parent-dir.js';
import { unprivilegedPort } from '../../src/rules/unprivileged-port.js';
import type { Found } from '../../src/scan/found.js';
import { scanContext } from '../../src/scan/scan-context.js';
import { SCENE, scanOf } from '../scan/scan-of.js';

interface For {
  readonly target?: TargetRuntime;
  readonly dataRoots?: readonly string[];
}

const find = (rule: Rule, spec: string, scene: For = {}): readonly Found[] =>
  scanOf(
    `apiVersion: v1\nkind: Pod\nmetadata: { name: agent }\nspec:${spec.replaceAll('\n', '\n  ')}\n`,
    'pod.yaml',
    scanContext([rule], { ...SCENE, ...scene }),
  ).found;

const withVolume = (path: string): string => `
containers:
  - name: main
    image: busybox
    volumeMounts: [{ name: host, mountPath: /host }]
volumes:
  - name: host
    hostPath: { path: ${path} }`;

describe('data roots of the nodes', () => {
  it('count where they are', () => {
    const dataRoots = ['/mnt/images'];
    expect(find(dockerDataRoot, withVolume('/mnt/images/overlay2'))).toEqual([]);
    expect(find(dockerDataRoot, withVolume('/mnt/images/overlay2'), { dataRoots })).toHaveLength(1);
    expect(find(dockerDataRoot, withVolume('/mnt/images/containers'), { dataRoots })).toEqual([]);
    const [logs] = find(dockerLogDir, withVolume('/mnt/images/containers'), { dataRoots });
    expect(logs).toMatchObject({ severity: 'error', confidence: 'definite' });
  });
});

describe('cri-dockerd', () => {
  const target = 'cri-dockerd';

  it('leaves dockerd and what is its own', () => {
    for (const [rule, path] of [
      [dockerEtc, '/etc/docker'],
      [dockerDataRoot, '/var/lib/docker'],
    ] as const) {
      expect(find(rule, withVolume(path)).map(({ severity }) => severity)).toEqual(['error']);
      expect(find(rule, withVolume(path), { target }).map(({ severity }) => severity)).toEqual(['note']);
    }
  });

  it('goes on to write logs below the data root, and to have the images', () => {
    expect(find(dockerLogDir, withVolume('/var/lib/docker/containers'), { target })).toEqual([]);
    expect(find(sockParentDir, withVolume('/var/run'), { target })).toEqual([]);
    const never = `\ncontainers: [{ name: main, image: "app:dev", imagePullPolicy: Never }]`;
    expect(find(imageLocalOnly, never)).toHaveLength(1);
    expect(find(imageLocalOnly, never, { target })).toEqual([]);
  });
});

describe('icmp', () => {
  const pinging = (security: string, more = ''): string => `${more}
containers:
  - name: main
    image: busybox
    command: [sh, -c, "while true; do ping -c1 example.com; done"]
    securityContext: ${security}`;

  it('is denied by CRI-O to whoever has no NET_RAW', () => {
    const [found] = find(icmp, pinging('{}'), { target: 'crio' });
    expect(found).toMatchObject({ severity: 'warning', container: 'main' });
    expect(found?.message).toContain('CRI-O gives it no capability NET_RAW');
    expect(find(icmp, pinging('{ capabilities: { add: [NET_RAW] } }'), { target: 'crio' })).toEqual([]);
    expect(find(icmp, pinging('{ privileged: true }'), { target: 'crio' })).toEqual([]);
    expect(find(icmp, pinging('{}', '\nhostNetwork: true'), { target: 'crio' })).toEqual([]);
  });

  it('is left to others by containerd, unless the pod gives it up', () => {
    expect(find(icmp, pinging('{}'))).toEqual([]);
    expect(find(icmp, pinging('{ capabilities: { drop: [ALL] } }'))[0]?.message).toContain('enable_unprivileged_icmp');
  });
});

describe('ports below 1024', () => {
  const web = `
containers:
  - name: main
    image: web
    ports: [{ containerPort: 80 }, { containerPort: 443 }]
    securityContext: { runAsUser: 101 }`;

  it('are opened by a setting of the runtime that the nodes will have', () => {
    expect(find(unprivilegedPort, web)[0]?.message).toContain('runs as user 101 and listens on port 80, 443');
    expect(find(unprivilegedPort, web)[0]?.fix).toContain('enable_unprivileged_ports = true');
    expect(find(unprivilegedPort, web, { target: 'crio' })[0]?.fix).toContain('default_sysctls');
    expect(find(unprivilegedPort, web, { target: 'cri-dockerd' })).toEqual([]);
  });
});

describe('DOCKER_HOST', () => {
  const pod = (address: string, more = ''): string => `${more}
containers:
  - name: main
    image: tool
    env: [{ name: DOCKER_HOST, value: "${address}" }]`;

  it('does not show a password', () => {
    const [found] = find(dockerHostEnv, pod('tcp://admin:hunter2@127.0.0.1:2375', '\nhostNetwork: true'));
    expect(found?.severity).toBe('error');
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });

  it('on the own address means the node only in its network', () => {
    expect(find(dockerHostEnv, pod('tcp://localhost:2375'))[0]?.confidence).toBe('possible');
    expect(find(dockerHostEnv, pod('tcp://localhost:2375', '\nhostNetwork: true'))[0]?.confidence).toBe('definite');
  });
});
