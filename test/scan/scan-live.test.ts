import { describe, expect, it } from 'vitest';
import { scanLive } from '../../src/scan/scan-live.js';
import { scanContext } from '../../src/scan/scan-context.js';
import { rules } from '../../src/rules/index.js';
import { CONTEXT, SCENE } from './scan-of.js';

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { containers: [{ name: 'app', image: 'app:1' }] },
};
const REF = { kind: 'Pod', namespace: 'shop', name: 'web' };

describe('scanLive', () => {
  it('does not look into pods for what only their status and copies of them say', () => {
    let walked = 0;
    const base = scanContext(rules, SCENE);
    const counting = { ...base, rulesFor: (text: string) => ((walked += 1), base.rulesFor(text)) };
    const applied = '{"spec":{"volumes":[{"hostPath":{"path":"/var/run/docker.sock"}}]}}';
    const metadata = {
      ...POD.metadata,
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': applied },
      managedFields: [{ manager: 'docker' }],
    };
    const status = { containerStatuses: [{ containerID: 'docker://1', imageID: 'docker-pullable://app@sha256:1' }] };
    expect(scanLive({ ...POD, metadata, status }, REF, counting)).toEqual({ found: [], limits: [] });
    expect(walked).toBe(0);
  });

  it('looks into the status of a Node', () => {
    const node = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'w1' },
      status: { nodeInfo: { containerRuntimeVersion: 'docker://20.10.24', kubeletVersion: 'v1.21.2' } },
    };
    const { found } = scanLive(node, { kind: 'Node', name: 'w1' }, CONTEXT);
    expect(found.map(({ ruleId, evidence }) => [ruleId, evidence])).toEqual([
      ['node-runtime-docker', 'docker://20.10.24'],
    ]);
  });

  it('gives the value as evidence, and no place', () => {
    const volumes = [{ name: 'd', hostPath: { path: '/var/run/docker.sock' } }];
    const { found } = scanLive({ ...POD, spec: { ...POD.spec, volumes } }, REF, CONTEXT);
    expect(found).toMatchObject([{ ruleId: 'docker-sock', object: REF, evidence: '/var/run/docker.sock' }]);
    expect(found[0]).not.toHaveProperty('line');
  });
});
