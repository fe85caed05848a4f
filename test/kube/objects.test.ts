import { describe, expect, it } from 'vitest';
import { budgetOf } from '../../src/kube/budget-of.js';
import { nodeOf } from '../../src/kube/node-of.js';
import { podOf } from '../../src/kube/pod-of.js';

describe('nodeOf', () => {
  it('reads a node', () => {
    const node = nodeOf({
      metadata: { name: 'node-1', uid: 'u', labels: { role: 'worker' }, annotations: { note: 'x' } },
      spec: { unschedulable: true, providerID: 'aws:///i-1', taints: [{ key: 'k', effect: 'NoSchedule' }] },
      status: {
        addresses: [
          { type: 'Hostname', address: 'node-1' },
          { type: 'InternalIP', address: '10.0.0.1' },
          { type: 'InternalIP', address: 'fd00::1' },
        ],
        allocatable: { cpu: '2' },
        conditions: [
          {
            type: 'Ready',
            status: 'True',
            lastHeartbeatTime: '2024-01-01T00:00:00Z',
            reason: 'KubeletReady',
            message: 'ok',
          },
        ],
        nodeInfo: { kubeletVersion: 'v1.21.2', containerRuntimeVersion: 'docker://20.10.24', architecture: 'amd64' },
      },
    });
    expect(node).toMatchObject({
      unschedulable: true,
      providerId: 'aws:///i-1',
      internalIp: '10.0.0.1',
      taints: [{ key: 'k', value: '', effect: 'NoSchedule' }],
      runtimeVersion: 'docker://20.10.24',
      kubeletVersion: 'v1.21.2',
      conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady' }],
    });
  });

  it('reads one that has only a name', () => {
    expect(nodeOf({ metadata: { name: 'bare' } })).toMatchObject({
      name: 'bare',
      unschedulable: false,
      internalIp: undefined,
      labels: {},
      conditions: [],
      kubeletVersion: '',
    });
    expect(
      nodeOf({ metadata: { name: 'bare', labels: null }, spec: null, status: { conditions: null } }).labels,
    ).toEqual({});
  });

  it('names what it cannot read', () => {
    expect(() => nodeOf({ metadata: { name: 'odd', labels: 'none' } })).toThrow(
      /^Node odd from the API server cannot be read: metadata\.labels/,
    );
    expect(() => nodeOf('<html>')).toThrow(/^a Node from the API server cannot be read/);
  });
});

describe('podOf', () => {
  it('reads a pod', () => {
    const pod = podOf({
      metadata: {
        namespace: 'team-a',
        name: 'web-0',
        uid: 'u',
        deletionTimestamp: '2024-01-01T00:00:00Z',
        ownerReferences: [
          { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 's', controller: true },
          { apiVersion: 'v1', kind: 'Thing', name: 't', uid: 't' },
        ],
      },
      spec: {
        nodeName: 'node-1',
        terminationGracePeriodSeconds: 0,
        volumes: [
          { name: 'scratch', emptyDir: {} },
          { name: 'data', persistentVolumeClaim: { claimName: 'data-web-0' } },
          { name: 'tmp', ephemeral: { volumeClaimTemplate: {} } },
          { name: 'conf', configMap: { name: 'conf' } },
        ],
        initContainers: [{ name: 'init', image: 'init:1' }],
        containers: [
          {
            name: 'app',
            image: 'app:1',
            ports: [{ containerPort: 80, hostPort: 8080 }, { containerPort: 81 }],
            lifecycle: { preStop: { exec: { command: ['x'] } } },
          },
          { name: 'side', image: 'side:1', lifecycle: { postStart: {} } },
        ],
      },
      status: {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'True' }],
        initContainerStatuses: [
          { name: 'init', image: 'init:1', state: { terminated: { exitCode: 0, reason: 'Completed' } }, ready: true },
        ],
        containerStatuses: [
          {
            name: 'app',
            image: 'app:1',
            containerID: 'docker://abc',
            ready: true,
            restartCount: 2,
            state: { running: { startedAt: 'x' } },
          },
          {
            name: 'side',
            image: 'side:1',
            ready: false,
            restartCount: 7,
            state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } },
          },
        ],
      },
    });
    expect(pod).toMatchObject({
      phase: 'Running',
      ready: true,
      terminationGracePeriodSeconds: 0,
      hasEmptyDir: true,
      claims: ['data-web-0', 'web-0-tmp'],
      hostPorts: [8080],
      images: ['init:1', 'app:1', 'side:1'],
      preStopContainers: ['app'],
      owners: [
        { kind: 'StatefulSet', controller: true },
        { kind: 'Thing', controller: false },
      ],
      containers: [
        { name: 'app', containerId: 'docker://abc', restartCount: 2, reason: '' },
        { name: 'side', containerId: '', reason: 'CrashLoopBackOff', message: 'back-off' },
      ],
    });
  });

  it('tells what containers may do, their own word before that of the pod', () => {
    const { security } = podOf({
      metadata: { name: 'p' },
      spec: {
        securityContext: { runAsUser: 1000, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        initContainers: [
          {
            name: 'init',
            securityContext: { runAsUser: 0, runAsNonRoot: false, seccompProfile: { type: 'Unconfined' } },
          },
        ],
        containers: [
          { name: 'app' },
          { name: 'side', securityContext: { privileged: true, capabilities: { add: ['NET_RAW'], drop: ['ALL'] } } },
        ],
      },
    });
    const ofPod = { runAsUser: 1000, runAsNonRoot: true, seccomp: 'RuntimeDefault' };
    const none = { privileged: false, adds: [], drops: [] };
    expect(security).toEqual([
      { name: 'init', ...none, runAsUser: 0, runAsNonRoot: false, seccomp: 'Unconfined' },
      { name: 'app', ...none, ...ofPod },
      { name: 'side', ...ofPod, privileged: true, adds: ['NET_RAW'], drops: ['ALL'] },
    ]);
    const bare = podOf({ metadata: { name: 'p' }, spec: { containers: [{ name: 'app' }] } });
    expect(bare.security).toEqual([
      { name: 'app', ...none, runAsUser: undefined, runAsNonRoot: false, seccomp: undefined },
    ]);
  });

  it('shows an init container that holds the pod up', () => {
    const waiting = (state: object) => ({
      metadata: { name: 'p' },
      status: { initContainerStatuses: [{ name: 'init', state }] },
    });
    expect(podOf(waiting({ waiting: { reason: 'ImagePullBackOff' } })).containers).toMatchObject([
      { name: 'init', reason: 'ImagePullBackOff' },
    ]);
    expect(podOf(waiting({ terminated: { exitCode: 1, reason: 'Error' } })).containers).toMatchObject([
      { reason: 'Error' },
    ]);
  });

  it('reads one that has only a name', () => {
    expect(podOf({ metadata: { name: 'bare' } })).toMatchObject({
      phase: 'Unknown',
      ready: false,
      terminationGracePeriodSeconds: 30,
      deletionTimestamp: undefined,
      runtimeClassName: undefined,
      hasEmptyDir: false,
      claims: [],
      containers: [],
    });
  });
});

describe('budgetOf', () => {
  it('reads numbers and percentages alike, and keeps the version', () => {
    const raw = (spec: object, status: object = {}) => ({
      metadata: { namespace: 'a', name: 'b', generation: 2 },
      spec,
      status,
    });
    expect(budgetOf(raw({ minAvailable: 2, selector: {} }), 'policy/v1beta1')).toMatchObject({
      apiVersion: 'policy/v1beta1',
      minAvailable: '2',
      maxUnavailable: undefined,
      selector: { matchLabels: {}, matchExpressions: [] },
      upToDate: false,
    });
    expect(
      budgetOf(raw({ maxUnavailable: '0%' }, { observedGeneration: 2, expectedPods: 3 }), 'policy/v1'),
    ).toMatchObject({
      maxUnavailable: '0%',
      selector: undefined,
      upToDate: true,
      expectedPods: 3,
      disruptionsAllowed: 0,
    });
    expect(budgetOf(raw({ maxUnavailable: 0 }), 'policy/v1').maxUnavailable).toBe('0');
  });

  it('reads expressions and the policy for unhealthy pods', () => {
    const selector = {
      matchExpressions: [
        { key: 'app', operator: 'In', values: ['web'] },
        { key: 'x', operator: 'Exists' },
      ],
    };
    const budget = budgetOf(
      { metadata: { name: 'b' }, spec: { selector, unhealthyPodEvictionPolicy: 'AlwaysAllow' } },
      'policy/v1',
    );
    expect(budget.selector?.matchExpressions).toEqual([
      { key: 'app', operator: 'In', values: ['web'] },
      { key: 'x', operator: 'Exists', values: [] },
    ]);
    expect(budget.unhealthyPodEvictionPolicy).toBe('AlwaysAllow');
  });
});
