import { afterEach, describe, expect, test, vi } from 'vitest';
import type { StepInput } from '../../src/core/step.js';
import { contexts } from '../../src/engine/contexts.js';
import { openJournal } from '../../src/engine/journal-file.js';
import { undo } from '../../src/engine/undo.js';
import { crioStore } from '../../src/steps/crio-store.js';
import { startRuntime } from '../../src/steps/start-runtime.js';
import type { Machine } from '../fakes/machine/machine.js';
import { standardWorld } from '../fakes/standard-world.js';
import { NODE, optionsFor, session } from '../engine/session.js';

afterEach(() => void vi.unstubAllGlobals());

const UNIT = 'crio.service';
const ENDPOINT = 'unix:///var/run/crio/crio.sock';
const DROP_IN = '/etc/crio/crio.conf.d/10-docker-migration.conf';
const REGISTRIES = '/etc/containers/registries.conf.d/10-docker-migration.conf';
const WRITTEN = '[crio.runtime]\ncgroup_manager = "cgroupfs"\n';

/** A node whose CRI-O has a new drop-in, after `before` happened. */
async function workbench(before: (machine: Machine) => unknown = () => undefined) {
  const world = await standardWorld('crio');
  const machine = world.machine(NODE);
  await before(machine);
  await world.clock.sleep(1000);
  machine.files.write(DROP_IN, WRITTEN);
  machine.files.write(REGISTRIES, 'unqualified-search-registries = ["docker.io"]\n');
  const { env, collect } = session(world).operator;
  const input = {
    inventory: await collect(),
    options: optionsFor('crio'),
    conversion: {
      ...{ runtimeUnit: UNIT, endpoint: ENDPOINT, cgroupDriver: 'cgroupfs', sandboxImage: 'k8s.gcr.io/pause:3.4.1' },
      files: [DROP_IN, REGISTRIES].map((path) => ({ group: 'runtime', path })),
    },
  } as unknown as StepInput;
  const params = startRuntime.params.parse(startRuntime.instances(input, undefined)[0]?.params);
  const { read, act } = contexts({
    ...{ env, options: optionsFor('crio'), contents: {}, signal: new AbortController().signal },
    journal: await openJournal(env.host, 'p', env.clock),
    ...{ report: () => undefined, warn: () => undefined, parity: () => undefined },
  });
  const captured = await startRuntime.capture(read, params);
  const unit = () => {
    const { activeState, unitFileState } = machine.systemd.status(UNIT);
    return `${unitFileState} ${activeState}`;
  };
  return {
    ...{ machine, read, params, unit },
    check: () => startRuntime.check(read, params),
    apply: async () => {
      await startRuntime.apply(act, params, captured);
      await startRuntime.verify(read, params, captured);
    },
    undo: async () => {
      for (const action of startRuntime.undo(params, captured)) await undo(act, 'p', action);
    },
  };
}

describe('starting CRI-O', () => {
  test('enables and starts it, and gives back a unit that never ran', async () => {
    const bench = await workbench();
    expect(await bench.check()).toMatchObject({ state: 'pending' });
    await bench.apply();
    expect(bench.unit()).toBe('enabled active');
    expect(await bench.check()).toEqual({ state: 'done' });
    await bench.undo();
    expect(bench.unit()).toBe('disabled inactive');
  });

  test('starts one again that runs, since it tells of nothing that it was started with', async () => {
    const bench = await workbench(async ({ systemd }) => {
      systemd.enable(UNIT);
      await systemd.start(UNIT);
    });
    const { mainPid } = bench.machine.systemd.status(UNIT);
    expect(await bench.check()).toEqual({
      state: 'pending',
      because: `${UNIT} was started before ${DROP_IN} was written`,
    });
    await bench.apply();
    expect(bench.machine.systemd.status(UNIT).mainPid).not.toBe(mainPid);
    expect(await bench.check()).toEqual({ state: 'done' });
    await bench.undo();
    expect(bench.unit()).toBe('enabled active');
  });

  test('refuses a key that a later file takes back, and starts nothing', async () => {
    const bench = await workbench(({ files }) => {
      files.write('/etc/crio/crio.conf.d/99-ours', '[crio.runtime]\ncgroup_manager = "systemd"\n');
    });
    await expect(bench.apply()).rejects.toThrow(
      new RegExp(`CRI-O reads ${DROP_IN} otherwise than meant: .*cgroup_manager`),
    );
    expect(bench.unit()).toBe('disabled inactive');
  });

  test('refuses a configuration that CRI-O cannot read', async () => {
    const bench = await workbench(({ files }) => files.write('/etc/crio/crio.conf.d/00-broken', 'x [[ =\n'));
    await expect(bench.apply()).rejects.toThrow('CRI-O does not accept /etc/crio/crio.conf: ');
  });

  test('tells in its own words why it did not start, and leaves no failed unit behind', async () => {
    const bench = await workbench(({ files, docker }) => {
      expect(docker.running).toBe(true);
      files.write('/etc/crio/crio.conf.d/99-ours', '[crio.image]\npause_image = 7\n');
    });
    await expect(bench.apply()).rejects.toThrow(/^crio\.service does not start: .*pause_image/s);
    await bench.undo();
    expect(bench.unit()).toBe('disabled inactive');
  });

  test('says that the unit is missing where only the binary is there', async () => {
    const bench = await workbench(({ files, systemd }) => {
      files.remove('/lib/systemd/system/crio.service');
      systemd.daemonReload();
    });
    await expect(bench.apply()).rejects.toThrow('w1 has no crio.service, though the runtime is there');
  });
});

describe("CRI-O's store", () => {
  test('is where the CRI says, with what only the configuration tells', async () => {
    const bench = await workbench(({ files }) => {
      files.write('/etc/containers/storage.conf', '[storage]\nrunroot = "/run/elsewhere"\n');
    });
    await bench.apply();
    const store = () => crioStore(bench.read, ENDPOINT, bench.params);
    expect(await store()).toBe('[overlay@/var/lib/containers/storage+/run/elsewhere]');
    bench.machine.files.write(
      '/etc/crio/crio.conf.d/50-store',
      '[crio]\nrunroot = "/run/ours"\nstorage_option = ["overlay.size=10G", "overlay.mountopt=nodev,metacopy=on"]\n',
    );
    expect(await store()).toBe('[overlay@/var/lib/containers/storage+/run/ours:overlay.size=10G]');
  });
});
