import { afterEach, describe, expect, test, vi } from 'vitest';
import { sha256 } from '../../src/core/digest.js';
import { nodeState } from '../fakes/node-state.js';
import { standardWorld, type Variant } from '../fakes/standard-world.js';
import { NODE, onlyNode, optionsFor, session } from './session.js';

afterEach(() => void vi.unstubAllGlobals());

const CONTAINERD = {
  to: 'containerd://1.6.20',
  endpoint: 'unix:///run/containerd/containerd.sock',
  pods: 'ready in containerd',
};
const TARGETS: Readonly<Record<Variant, typeof CONTAINERD>> = {
  shared: CONTAINERD,
  apart: CONTAINERD,
  crio: { to: 'cri-o://1.23.5', endpoint: 'unix:///var/run/crio/crio.sock', pods: 'ready in cri-o' },
};

describe.each<Variant>(['shared', 'apart', 'crio'])('a migration that nothing disturbs (%s)', (variant) => {
  const { to, endpoint, pods: where } = TARGETS[variant];

  test('planning changes nothing, and gives the same plan twice', async () => {
    const world = await standardWorld(variant);
    const before = nodeState(world, NODE);
    const { plan, operator } = session(world);
    const first = await plan(optionsFor(variant));
    expect(operator.calls).toEqual([]);
    expect(nodeState(world, NODE)).toEqual(before);
    expect(await plan(optionsFor(variant))).toEqual(first);
  });

  test('ends on the new runtime, with all that was planned and nothing that was not', async () => {
    const world = await standardWorld(variant);
    const { files, docker } = world.machine(NODE);
    const before = nodeState(world, NODE);
    const { plan, migrate, operator } = session(world);
    const made = await plan(optionsFor(variant));
    const result = await migrate(made);
    await world.settle();

    expect(result).toMatchObject({
      outcome: 'migrated',
      from: 'docker://20.10.24',
      to,
      errors: [],
    });
    expect(result.darkMs).toBeGreaterThan(0);
    expect(result.steps.every(({ status }) => status === 'done' || status === 'unneeded')).toBe(true);
    const { cluster, pods, kubelet, leakedLeases, locked } = nodeState(world, NODE);
    expect(cluster).toMatchObject({
      ready: true,
      runtime: to,
      unschedulable: before.cluster.unschedulable,
      annotations: { 'kubeadm.alpha.kubernetes.io/cri-socket': endpoint },
    });
    expect(kubelet).toContain(`--container-runtime-endpoint=${endpoint}`);
    expect(Object.values(pods)).toEqual([where, where]);
    expect(docker.containers().filter(({ owner }) => owner.kind === 'dockershim')).toEqual([]);
    expect({ leakedLeases, locked }).toEqual({ leakedLeases: 0, locked: false });
    for (const { path, sha256: wanted, mode } of onlyNode(made).files) {
      const entry = files.entry(path);
      expect(entry?.type === 'file' && { path, sha256: sha256(entry.bytes), mode: entry.mode }).toEqual({
        path,
        sha256: wanted,
        mode,
      });
    }
    expect(operator.events.filter(({ type }) => type === 'dark' || type === 'light').map(({ type }) => type)).toEqual([
      'dark',
      'light',
    ]);
  });

  test('is found done when it is planned again, and comes back whole', async () => {
    const world = await standardWorld(variant);
    const before = nodeState(world, NODE);
    const { plan, migrate, rollback } = session(world);
    await migrate(await plan(optionsFor(variant)));
    expect(onlyNode(await plan(optionsFor(variant))).verdict).toBe('already');
    expect((await rollback()).outcome).toBe('rolled-back');
    await world.settle();
    expect(nodeState(world, NODE)).toEqual(before);
    expect((await migrate(await plan(optionsFor(variant)))).outcome).toBe('migrated');
  });
});

test('with --keep-docker a container of somebody else runs on through all of it, there and back', async () => {
  const world = await standardWorld('shared');
  const before = nodeState(world, NODE);
  const foreign = () =>
    world
      .machine(NODE)
      .docker.containers()
      .filter(({ owner }) => owner.kind === 'plain');
  const [backup] = foreign();
  const { plan, migrate, rollback } = session(world);
  const result = await migrate(await plan({ ...optionsFor('shared'), foreign: 'keep-docker' }));
  await world.settle();
  expect(result.outcome).toBe('migrated');
  expect(backup).toMatchObject({ name: 'nightly-backup', state: 'running' });
  expect(world.machine(NODE).docker.containers()).toEqual([backup]);
  expect(nodeState(world, NODE).units['docker.service']).toBe('loaded enabled active');

  expect((await rollback()).outcome).toBe('rolled-back');
  await world.settle();
  expect(foreign()).toEqual([backup]);
  expect(nodeState(world, NODE)).toEqual(before);
});
