import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../src/rules/index.js';
import type { Scene } from '../../src/rules/rule.js';
import { scanContext } from '../../src/scan/scan-context.js';
import { SCENE, scanOf } from '../scan/scan-of.js';

const found = (ruleId: string, fixture: string, scene: Partial<Scene>) =>
  scanOf(
    readFileSync(join(import.meta.dirname, 'fixtures', ruleId, fixture)),
    fixture,
    scanContext(rules, { ...SCENE, ...scene }),
  ).found.filter((one) => one.ruleId === ruleId);

describe('rules on nodes and the target', () => {
  it.each([
    ['systemd-requires-docker', 'kubelet.service'],
    ['daemon-json', 'daemon.json'],
    ['daemon-json', 'node.sh'],
    ['daemon-json', 'docker.service'],
    ['ulimits', 'docker.service'],
    ['node-container', 'user-data.sh'],
    ['gpu', 'daemon.json'],
    ['gpu', 'user-data.sh'],
    ['disk', 'var-lib-docker.mount'],
    ['disk', 'machines.yaml'],
    ['machine-runtime', 'k3s.service'],
    ['machine-runtime', 'rke-cluster.yaml'],
  ])('%s leaves %s alone where Docker stays behind cri-dockerd', (ruleId, fixture) => {
    expect(found(ruleId, fixture, {}).length).toBeGreaterThan(0);
    expect(found(ruleId, fixture, { target: 'cri-dockerd' })).toEqual([]);
  });

  it.each([
    ['containerd', 'unix:///run/containerd/containerd.sock'],
    ['crio', 'unix:///var/run/crio/crio.sock'],
    ['cri-dockerd', 'unix:///run/cri-dockerd.sock'],
  ] as const)("kubeadm-cri-socket names %s's own socket", (target, endpoint) => {
    const [first] = found('kubeadm-cri-socket', 'config-map.yaml', { target });
    expect(first?.fix).toBe(`Set criSocket: ${endpoint}.`);
  });

  it.each([
    ['kubelet-flag', 'kubeadm-flags.env'],
    ['kubeadm-cri-socket', 'config-map.yaml'],
    ['machine-runtime', 'eksctl.yaml'],
    ['node-runtime-docker', 'nodes.yaml'],
  ])('%s only warns when the upgrade stops before 1.24', (ruleId, fixture) => {
    expect(found(ruleId, fixture, { kubernetes: '1.24' })[0]?.severity).toBe('error');
    expect(found(ruleId, fixture, { kubernetes: 'v1.23.17' })[0]?.severity).toBe('warning');
  });

  it('kubelet-flag tells of the sandbox image only where its flag is gone', () => {
    const gone = found('kubelet-flag', 'kubelet-on-containerd.env', { kubernetes: '1.35' });
    expect(gone.map(({ line, severity }) => [line, severity])).toEqual([[3, 'error']]);
  });

  it("daemon-json names CRI-O's files for CRI-O", () => {
    const [hit] = found('daemon-json', 'daemon.json', { target: 'crio' });
    expect(hit?.message).toContain('CRI-O reads none');
    expect(hit?.fix).toContain('/etc/containers/registries.conf.d');
  });
});
