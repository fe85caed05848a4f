import { afterEach, describe, expect, test, vi } from 'vitest';
import { contexts } from '../../src/engine/contexts.js';
import { openJournal } from '../../src/engine/journal-file.js';
import { undo } from '../../src/engine/undo.js';
import { carryImages } from '../../src/steps/carry-images.js';
import { archivePaths } from '../../src/steps/carry-to-crio.js';
import type { StepInput } from '../../src/core/step.js';
import type { FakeImage } from '../fakes/fake-world.js';
import type { Machine } from '../fakes/machine/machine.js';
import { standardWorld } from '../fakes/standard-world.js';
import { NODE, optionsFor, session } from '../engine/session.js';

afterEach(() => void vi.unstubAllGlobals());

const PAUSE = 'k8s.gcr.io/pause:3.4.1';
const STORE = 'containers-storage:[overlay@/var/lib/containers/storage+/run/containers/storage]';
const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
/** Of pods of the node, and in a registry. */
const AGENT = { tags: [], digests: [`registry.lab/node-agent@${digest('c')}`] };
const PROXY = { tags: ['registry.lab/edge-proxy:2'], digests: [`registry.lab/edge-proxy@${digest('b')}`] };

/** A node with CRI-O up and these images in Docker; `spoil` happens before anything is looked at. */
async function workbench(images: readonly FakeImage[], spoil: (machine: Machine) => void = () => undefined) {
  const pause = { tags: [PAUSE], digests: [`k8s.gcr.io/pause@${digest('a')}`] };
  const world = await standardWorld('crio', { images: [pause, ...images], crioImages: [] });
  const machine = world.machine(NODE);
  await machine.systemd.start('crio.service');
  spoil(machine);
  const { operator } = session(world);
  const { env, calls } = operator;
  const input = {
    inventory: await operator.collect(),
    options: optionsFor('crio'),
    conversion: { endpoint: 'unix:///var/run/crio/crio.sock', sandboxImage: PAUSE, runtimeConfigPath: '' },
  } as unknown as StepInput;
  const [instance] = carryImages.instances(input, undefined);
  if (instance === undefined) throw new Error('nothing is to be carried');
  const params = carryImages.params.parse(JSON.parse(JSON.stringify(instance.params)));
  const told: string[] = [];
  const { read, act } = contexts({
    ...{ env, options: optionsFor('crio'), contents: {}, signal: new AbortController().signal },
    journal: await openJournal(env.host, 'p', env.clock),
    report: () => undefined,
    warn: (sentence) => told.push(sentence),
    parity: () => undefined,
  });
  const captured = carryImages.captured.parse(await carryImages.capture(read, params));
  return {
    ...{ machine, params, captured, told },
    ran: () => calls.filter((call) => /^run (?:skopeo|docker)|^(?:pull|remove)Image/.test(call)),
    there: () => [...machine.crio.images.keys()].sort(),
    apply: async () => {
      await carryImages.apply(act, params, captured);
      await carryImages.verify(read, params, captured);
    },
    check: async () => (await carryImages.check(read, params)).state,
    undo: async () => {
      for (const action of carryImages.undo(params, captured)) await undo(act, 'p', action);
    },
  };
}

const noSkopeo = ({ packages }: Machine): void => void packages.delete('skopeo');

describe('carrying images to CRI-O', () => {
  test('takes layers out of Docker once, however many names an image has, and asks no registry', async () => {
    const bench = await workbench([{ tags: ['shop/web:7', 'registry.lab:5000/web:old', 'web'] }]);
    await bench.apply();
    const names = ['docker.io/library/web:latest', 'docker.io/shop/web:7', 'registry.lab:5000/web:old'];
    expect(bench.there()).toEqual([...names, PAUSE].sort());
    expect(bench.machine.crio.images.get('registry.lab:5000/web:old')).toBe(
      bench.machine.crio.images.get('docker.io/shop/web:7'),
    );
    const commands = bench.ran();
    expect(commands.filter((call) => call.includes('docker-daemon:'))).toHaveLength(2);
    expect(commands.filter((call) => call.includes(`copy ${STORE}`))).toHaveLength(2);
    expect(commands.filter((call) => call.startsWith('pull'))).toEqual([]);
    expect(await bench.check()).toBe('done');
  });

  test('leaves by its undo what was there before, another name of the same image too', async () => {
    const bench = await workbench([{ tags: ['shop/web:7', 'mine/web:1'] }], ({ crio, docker }) => {
      crio.images.set('docker.io/mine/web:1', docker.imageNamed('shop/web:7')?.id ?? '');
    });
    await bench.apply();
    expect(bench.there()).toEqual(['docker.io/mine/web:1', 'docker.io/shop/web:7', PAUSE]);
    for (const _round of ['once', 'twice']) {
      await bench.undo();
      expect(bench.there()).toEqual(['docker.io/mine/web:1']);
      expect(await bench.check()).toBe('pending');
    }
  });

  test('has CRI-O pull an image that only a digest names', async () => {
    const bench = await workbench([AGENT]);
    await bench.apply();
    expect(bench.there()).toEqual([PAUSE, ...AGENT.digests]);
    expect(bench.told).toEqual([]);
    await bench.undo();
    expect(bench.there()).toEqual([]);
  });

  test('leaves to the kubelet what CRI-O has no credentials for, and says so', async () => {
    const bench = await workbench([AGENT]);
    bench.machine.docker.images.forEach((image, id) => {
      if (image.tags.length === 0) bench.machine.docker.images.delete(id);
    });
    await bench.apply();
    expect(bench.told.join()).toMatch(/registry\.lab\/node-agent@sha256:c+ is left to the kubelet to pull/);
    expect(bench.there()).toEqual([PAUSE]);
  });

  test('pulls without skopeo, the sandbox image for certain', async () => {
    const bench = await workbench([PROXY], noSkopeo);
    expect(bench.captured.store).toBeNull();
    await bench.apply();
    expect(bench.ran().every((call) => call.startsWith('pullImage'))).toBe(true);
    expect(bench.there()).toEqual([PAUSE, ...PROXY.tags]);
    await bench.undo();
    expect(bench.there()).toEqual([]);

    const away = await workbench([PROXY], noSkopeo);
    away.machine.docker.images.clear();
    await expect(away.apply()).rejects.toThrow(/pause:3\.4\.1/);
  });

  test('refuses without skopeo to lose an image that no registry has', async () => {
    const bench = await workbench([{ tags: ['built/here:1'] }], noSkopeo);
    await expect(bench.apply()).rejects.toThrow(
      /no registry is known to have built\/here:1, and w1 has no skopeo to carry images over with/,
    );
    expect(bench.there()).toEqual([]);
  });

  test('has Docker write an archive where skopeo cannot read from Docker itself, and leaves none behind', async () => {
    const bench = await workbench([{ tags: ['shop/web:7'] }], (machine) => {
      const { exec } = machine;
      Object.assign(machine, {
        exec: (argv: readonly string[], ...rest: never[]) => {
          const source = argv.at(-2) ?? '';
          if (argv[0] === 'docker' && argv[1] === 'save') {
            machine.files.write(argv[3] ?? '', 'an archive');
            return Promise.resolve({ code: 0, stdout: '', stderr: '' });
          }
          if (source.startsWith('docker-daemon:')) {
            const stderr = 'level=fatal msg="client version 1.22 is too old. Minimum supported API version is 1.24"';
            return Promise.resolve({ code: 1, stdout: '', stderr });
          }
          const [, archive, name] = /^docker-archive:([^:]+):(.*)$/.exec(source) ?? [];
          if (archive === undefined) return exec(argv, ...rest);
          expect(machine.files.text(archive)).toBe('an archive');
          return exec([...argv.slice(0, -2), `docker-daemon:${name}`, argv.at(-1) ?? ''], ...rest);
        },
      });
    });
    await bench.apply();
    expect(bench.there()).toEqual(['docker.io/shop/web:7', PAUSE]);
    expect(archivePaths.filter((path) => bench.machine.files.entry(path) !== undefined)).toEqual([]);
  });
});
