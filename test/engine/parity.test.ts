import { afterEach, expect, test, vi } from 'vitest';
import { MigrateError } from '../../src/core/errors.js';
import { PARITY_PATH } from '../../src/core/parity.js';
import { nodeState } from '../fakes/node-state.js';
import { standardWorld } from '../fakes/standard-world.js';
import { NODE, onlyNode, optionsFor, session } from './session.js';

afterEach(() => void vi.unstubAllGlobals());

test('a node that is switched has compared a container under both runtimes, and differs only as announced', async () => {
  const world = await standardWorld('apart');
  const { plan, migrate } = session(world);
  const made = await plan(optionsFor('apart'));
  const { parity, warnings } = await migrate(made);
  expect(warnings).toEqual([]);
  expect(parity).toMatchObject({ when: 'switched', unproved: null, unannounced: [] });
  expect(parity?.compared).toBeGreaterThan(20);
  const announced = onlyNode(made).differences.map(({ aspect }) => aspect);
  expect(parity?.announced.map(({ aspect }) => aspect).filter((aspect) => !announced.includes(aspect))).toEqual([]);
  expect(parity?.announced).toContainEqual(
    expect.objectContaining({ aspect: 'log-format', before: 'json-file', after: 'cri' }),
  );
});

test('a difference that nobody announced fails while the node serves on Docker, and names itself', async () => {
  const world = await standardWorld('apart', { broken: 'limits of containerd', cordoned: false });
  const before = nodeState(world, NODE);
  const { plan, migrate, operator } = session(world);
  const { outcome, errors, steps, darkMs, parity } = await migrate(await plan(optionsFor('apart')));
  await world.settle();
  expect(outcome).toBe('rolled-back');
  expect(errors.join('\n')).toContain('ulimit:nofile is 1024:524288, was 1048576');
  expect(parity?.unannounced).toEqual([{ aspect: 'ulimit:nofile', before: '1048576', after: '1024:524288' }]);
  expect(steps.find(({ status }) => status === 'failed')?.id).toBe('stage/prove-parity/stage');
  expect(darkMs).toBeNull();
  expect(operator.calls.filter((call) => /^(?:evict|setUnschedulable)/.test(call))).toEqual([]);
  expect(nodeState(world, NODE)).toEqual(before);
  const { files, docker, containerd } = world.machine(NODE);
  expect(files.entries().filter(([path]) => path.includes('dockershim-migrate_parity'))).toEqual([]);
  expect(files.entry(PARITY_PATH)).toBeUndefined();
  expect(docker.containers().filter(({ name }) => name.includes('parity'))).toEqual([]);
  expect([...containerd.sandboxes.values()]).toEqual([]);
});

test('a Docker that cannot be asked for a container is told of, and does not stop the migration', async () => {
  const world = await standardWorld('apart');
  const made = await session(world).plan(optionsFor('apart'));
  const { migrate, operator } = session(world);
  const { cri } = operator.env;
  const closed = (endpoint: string) =>
    endpoint.endsWith('dockershim.sock') ? Promise.reject(new MigrateError('unreachable', 'no dockershim today')) : cri(endpoint); // prettier-ignore
  Object.assign(operator.env, { cri: closed, readCri: closed });
  const { outcome, warnings, parity } = await migrate(made);
  expect(outcome).toBe('migrated');
  expect(warnings.join('\n')).toContain('no dockershim today');
  expect(parity).toMatchObject({ when: 'switched', unproved: 'no dockershim today', compared: 0 });
});
