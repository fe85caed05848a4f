import { describe, expect, it } from 'vitest';
import type { TargetRuntime } from '../../src/core/scan-report.js';
import { dockerSock } from '../../src/rules/docker-sock.js';
import { scanContext } from '../../src/scan/scan-context.js';
import type { Found } from '../../src/scan/found.js';
import { SCENE, scanOf } from '../scan/scan-of.js';

interface Given {
  readonly type?: string;
  readonly path?: string;
  readonly container?: string;
  readonly mount?: string;
  readonly target?: TargetRuntime;
}

function find({ type, path = '/var/run/docker.sock', container = 'image: busybox', mount, target }: Given): Found {
  const manifest = `
apiVersion: v1
kind: Pod
metadata: { name: agent }
spec:
  containers:
    - name: main
      ${container}
      volumeMounts: [{ name: sock, ${mount ?? 'mountPath: /d.sock'} }]
  volumes:
    - name: sock
      hostPath: { path: ${path}${type === undefined ? '' : `, type: ${type}`} }
`;
  const { found } = scanOf(
    manifest,
    'pod.yaml',
    scanContext([dockerSock], { ...SCENE, target: target ?? SCENE.target }),
  );
  expect(found).toHaveLength(1);
  return found[0] as Found;
}

describe('the failure to expect', () => {
  it('is that of the kubelet, in its words, where the type is checked', () => {
    const { message } = find({ type: 'Socket' });
    expect(message).toContain('ContainerCreating');
    expect(message).toContain('"hostPath type check failed: /var/run/docker.sock is not a socket file"');
    expect(find({ type: 'File' }).message).toContain('is not a file');
    expect(find({ type: 'Directory', path: '/run/docker.sock' }).message).toContain(
      '/run/docker.sock is not a directory',
    );
  });

  it('is a directory in the place of the socket without a type, to be removed before a rollback', () => {
    const { message, fix } = find({});
    expect(message).toContain('the runtime makes an empty directory in its place');
    expect(message).toContain('keeps dockerd from starting when the node is rolled back');
    expect(fix).toContain('rmdir /run/docker.sock');
  });

  it('is made by the kubelet for a type that creates, and for a subPath', () => {
    expect(find({ type: 'FileOrCreate' }).message).toContain('the kubelet creates an empty file');
    expect(find({ type: 'FileOrCreate' }).fix).toContain('rm /run/docker.sock');
    expect(find({ type: 'DirectoryOrCreate' }).message).toContain('the kubelet creates an empty directory');
    const joined = find({ path: '/var', mount: 'mountPath: /d.sock, subPath: run/docker.sock' });
    expect(joined.message).toContain('Container main mounts /run/docker.sock of the node at /d.sock');
    expect(joined.message).toContain('the kubelet makes an empty directory');
  });

  it('names where it is mounted, and how', () => {
    expect(find({ mount: 'mountPath: /d.sock, readOnly: true' }).message).toContain(
      'Volume sock mounts /var/run/docker.sock of the node into container main at /d.sock (read-only).',
    );
    expect(find({}).container).toBe('main');
  });
});

describe('the target', () => {
  it('CRI-O can refuse such pods, containerd cannot', () => {
    expect(find({ target: 'crio' }).fix).toContain(
      'absent_mount_sources_to_reject = ["/var/run/docker.sock", "/run/docker.sock"]',
    );
    expect(find({ target: 'containerd' }).fix).not.toContain('absent_mount_sources_to_reject');
    expect(find({ target: 'crio', type: 'Socket' }).fix).not.toContain('absent_mount_sources_to_reject');
  });

  it('cri-dockerd keeps dockerd, whatever the type', () => {
    for (const type of [undefined, 'Socket']) {
      const { severity, message } = find({ target: 'cri-dockerd', ...(type === undefined ? {} : { type }) });
      expect(severity).toBe('note');
      expect(message).toContain('keeps working for as long as dockerd runs');
      expect(message).not.toContain('ContainerCreating');
    }
  });
});

describe('the fix', () => {
  const fixOf = (container: string): string => find({ container, type: 'Socket' }).fix;

  it('is for what the workload does with Docker', () => {
    expect(fixOf('command: [sh, -c, "docker build -t a . && docker push a"]')).toContain('Kaniko');
    expect(fixOf('command: [docker, -H, "unix:///d.sock", image, prune, -af]')).toContain('crictl rmi --prune');
    expect(fixOf('command: [docker, ps]')).toContain('spec.nodeName');
    expect(fixOf('command: [docker-compose, up]')).toContain('kompose');
    expect(fixOf('command: [docker, pull, busybox]')).toContain('crictl pull');
    expect(fixOf('command: [docker, stats]')).toContain('/metrics/cadvisor');
    expect(fixOf('command: [docker, run, busybox]')).toContain('Create a Job or a Pod');
  });

  it('is for its product or its kind of image where no command tells', () => {
    expect(fixOf('image: datadog/agent:6.1.0')).toContain('DD_CRI_SOCKET_PATH');
    expect(fixOf('image: registry.example/ci/runner:1')).toContain('For jobs that build images');
    expect(fixOf('image: registry.example/host-metrics:1')).toContain('/metrics/cadvisor');
    expect(fixOf('image: registry.example/thing:1')).toContain('Find out what it asks Docker for');
  });
});
