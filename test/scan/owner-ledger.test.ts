import { describe, expect, it } from 'vitest';
import type { Found } from '../../src/scan/found.js';
import { ownerLedger, type LiveObject, type OwnerRef } from '../../src/scan/owner-ledger.js';

const found = (ref: LiveObject['ref'], ruleId = 'docker-sock'): Found => ({
  ruleId,
  severity: 'error',
  confidence: 'definite',
  message: 'Volume sock mounts the socket.',
  object: ref,
  evidence: '/var/run/docker.sock',
  fix: 'Take it out.',
});

const live = (kind: string, name: string, owner?: OwnerRef): LiveObject => ({
  uid: `uid-${kind}-${name}`,
  ref: { kind, namespace: 'shop', name },
  owner,
});
const owns = (object: LiveObject): OwnerRef => ({ uid: object.uid, kind: object.ref.kind, name: object.ref.name });

describe('ownerLedger', () => {
  const deployment = live('Deployment', 'web');
  const replicaSet = live('ReplicaSet', 'web-1', owns(deployment));
  const pods = ['a', 'b', 'c'].map((name) => live('Pod', `web-1-${name}`, owns(replicaSet)));

  it('tells a template and its pods once, at the object that people change', () => {
    const ledger = ownerLedger();
    for (const pod of pods) ledger.addPod(pod, [found(pod.ref)]);
    ledger.addObject(replicaSet, [found(replicaSet.ref)]);
    ledger.addObject(deployment, [found(deployment.ref)]);
    expect(ledger.settle()).toEqual([
      { ...found(deployment.ref), pods: 3, owners: ['Deployment/web', 'ReplicaSet/web-1', 'Pod/web-1-a'] },
    ]);
  });

  it('says so when the pods have what their template has not', () => {
    const ledger = ownerLedger();
    for (const pod of pods) ledger.addPod(pod, [found(pod.ref)]);
    ledger.addObject(replicaSet, []);
    ledger.addObject(deployment, []);
    const [one] = ledger.settle();
    expect(one).toMatchObject({ object: deployment.ref, pods: 3 });
    expect(one?.message).toMatch(/not in the template/);
  });

  it('goes by the name of an owner that it was not shown', () => {
    const ledger = ownerLedger();
    const runner = live('Pod', 'runner-1', { uid: 'u', kind: 'Runner', name: 'ci' });
    ledger.addPod(runner, [found(runner.ref)]);
    expect(ledger.settle()).toMatchObject([
      { object: { kind: 'Runner', namespace: 'shop', name: 'ci' }, pods: 1, message: found(runner.ref).message },
    ]);
  });

  it('keeps bare and static pods under their own names', () => {
    const ledger = ownerLedger();
    const bare = live('Pod', 'debug');
    const mirror = live('Pod', 'etcd-n1', { uid: 'n', kind: 'Node', name: 'n1' });
    for (const pod of [bare, mirror]) ledger.addPod(pod, [found(pod.ref)]);
    expect(ledger.settle().map(({ object }) => object.name)).toEqual(['debug', 'etcd-n1']);
  });

  it('tells templates that run nothing, and not what a controller made of them before', () => {
    const ledger = ownerLedger();
    const old = live('ReplicaSet', 'web-0', owns(deployment));
    const cron = live('CronJob', 'prune');
    ledger.addObject(old, [found(old.ref, 'docker-bin')]);
    ledger.addObject(deployment, []);
    ledger.addObject(cron, [found(cron.ref)]);
    expect(ledger.settle()).toEqual([found(cron.ref)]);
  });

  it('tells a ReplicaSet whose owner could not be listed, under that owner', () => {
    const ledger = ownerLedger();
    const rollout = { uid: 'r', kind: 'Rollout', name: 'api' };
    const set = live('ReplicaSet', 'api-1', rollout);
    ledger.addObject(set, [found(set.ref)]);
    expect(ledger.settle()).toMatchObject([{ object: { kind: 'Rollout', namespace: 'shop', name: 'api' } }]);
  });

  it('ends on owners in a circle', () => {
    const ledger = ownerLedger();
    const a = live('A', 'a', { uid: 'uid-B-b', kind: 'B', name: 'b' });
    const b = live('B', 'b', { uid: 'uid-A-a', kind: 'A', name: 'a' });
    const pod = live('Pod', 'p', owns(a));
    ledger.addPod(pod, [found(pod.ref)]);
    ledger.addObject(a, []);
    ledger.addObject(b, []);
    expect(ledger.settle()).toHaveLength(1);
  });

  it('tells what is only in pods of an earlier template from what is in none', () => {
    const ledger = ownerLedger();
    ledger.addPod(pods[0] ?? replicaSet, [found(pods[0]?.ref ?? replicaSet.ref), found(replicaSet.ref, 'docker-bin')]);
    ledger.addObject(replicaSet, [found(replicaSet.ref)]);
    ledger.addObject(deployment, []);
    expect(ledger.settle().map(({ ruleId, message }) => [ruleId, message])).toEqual([
      ['docker-sock', expect.stringMatching(/no longer in the template/)],
      ['docker-bin', expect.stringMatching(/and not in the template/)],
    ]);
  });

  it('tells what an operator makes at what made the operator do so', () => {
    const ledger = ownerLedger();
    const agent = live('Agent', 'all');
    const daemonSet = live('DaemonSet', 'all-agent', owns(agent));
    const pod = live('Pod', 'all-agent-x', owns(daemonSet));
    ledger.addPod(pod, [found(pod.ref)]);
    ledger.addObject(daemonSet, [found(daemonSet.ref)]);
    ledger.addObject(agent, []);
    const [one, ...others] = ledger.settle();
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      object: agent.ref,
      message: expect.stringMatching(/\. It is in DaemonSet all-agent, which this object owns\.$/),
      owners: ['Agent/all', 'DaemonSet/all-agent', 'Pod/all-agent-x'],
      pods: 1,
    });
  });

  it('tells it in the words of the object that people wrote, where that has it, too', () => {
    const ledger = ownerLedger();
    const rollout = live('Rollout', 'api');
    const job = live('Job', 'api-migrate', owns(rollout));
    ledger.addObject(job, [found(job.ref)]);
    ledger.addObject(rollout, [found(rollout.ref)]);
    expect(ledger.settle()).toMatchObject([{ object: rollout.ref, message: found(rollout.ref).message }]);
  });

  it('does not speak of templates where pods are made without one', () => {
    const ledger = ownerLedger();
    const runner = live('Runner', 'ci');
    const pod = live('Pod', 'ci-1', owns(runner));
    ledger.addPod(pod, [found(pod.ref)]);
    ledger.addObject(runner, []);
    expect(ledger.settle()).toMatchObject([
      { object: runner.ref, message: expect.stringMatching(/It is in the pods that this object owns\.$/) },
    ]);
  });

  it('remembers nothing of what has no findings', () => {
    const ledger = ownerLedger();
    for (const pod of pods) ledger.addPod(pod, []);
    ledger.addObject(replicaSet, []);
    ledger.addObject(deployment, []);
    expect(ledger.settle()).toEqual([]);
  });
});
