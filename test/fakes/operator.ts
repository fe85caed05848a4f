import { collectNode } from '../../src/collect/collect-node.js';
import { MigrateError } from '../../src/core/errors.js';
import type { EngineEvent } from '../../src/core/events.js';
import type { NodeInventory } from '../../src/core/inventory.js';
import type { Clock, CriApi, DockerApi, Host, KubeApi } from '../../src/core/ports.js';
import type { EngineEnv, EngineSignals } from '../../src/engine/engine-env.js';
import { readOnly } from '../../src/hosts/read-only.js';
import { stepKinds } from '../../src/steps/index.js';
import type { FakeWorld } from './fake-world.js';
import { fakeCri } from './machine/fake-cri.js';
import { fakeDocker } from './machine/fake-docker.js';
import { fakeHost } from './machine/fake-host.js';

/** What goes wrong at one of the calls that change something, counted from 1. */
export interface Fault {
  readonly at: number;
  readonly how:
    | 'fails' // and nothing was done
    | 'fails-after' // it was done, and the answer is lost
    | 'refused' // a command ends with an error; anything else fails
    | 'dies' // the operator's process, before the call
    | 'dies-after'
    | 'torn' // the process, and of an append only half is on the disk
    | 'power' // dies, and the node's power goes too
    | 'power-after'
    | 'power-torn';
}

/** A session of the toolkit on a node of the simulated cluster, as `cli/wire.ts` makes one. */
export interface Operator {
  readonly env: EngineEnv;
  readonly host: Host;
  readonly events: EngineEvent[];
  /** Every call that changes something, in order. */
  readonly calls: string[];
  readonly dead: boolean;
  /** The node is up again after its power was cut; at once where it was not. */
  poweredUp(): Promise<void>;
  collect(): Promise<NodeInventory>;
  /** Runs `work` as something that is not counted: what happens beside the engine. */
  uncounted(work: () => void): void;
}

export interface OperatorOptions {
  readonly faults?: readonly Fault[];
  /** Before each call that changes something, with its number. */
  readonly onCall?: (number: number) => unknown;
  readonly kube?: 'away';
  /** What every call that changes something takes beyond its own time: for whoever watches. */
  readonly latencyMs?: number;
  readonly signals?: EngineSignals;
  readonly sink?: (event: EngineEvent) => void;
}

type Method = (...args: never[]) => Promise<unknown>;

const MUTATING: ReadonlySet<string> = new Set([
  ...['run', 'writeFile', 'appendFile', 'createExclusive', 'makeDirectory', 'remove', 'makeLink'],
  ...['stop', 'kill', 'removeContainer', 'start', 'runPod', 'removeSandbox', 'removeImage', 'pullImage'],
  ...['setUnschedulable', 'annotate', 'evict'],
]);

export function operator(world: FakeWorld, node: string, options: OperatorOptions = {}): Operator {
  const machine = world.machine(node);
  const { faults = [], latencyMs = 0 } = options;
  const calls: string[] = [];
  const events: EngineEvent[] = [];
  let dead = false;
  let counting = true;
  let powerUp = Promise.resolve();

  const gone = (): MigrateError => new MigrateError('bug', 'the process that asks this has died');
  const broken = (): MigrateError => new MigrateError('unreachable', `the connection to ${node} broke`);
  const die = (): MigrateError => {
    dead = true;
    return gone();
  };

  async function change(name: string, method: Method, args: unknown[]): Promise<unknown> {
    const effect = (): Promise<unknown> => (method as (...all: unknown[]) => Promise<unknown>)(...args);
    if (!counting) return effect();
    if (latencyMs > 0) await world.clock.sleep(latencyMs);
    calls.push(labelOf(name, args));
    options.onCall?.(calls.length);
    const fault = faults.find(({ at }) => at === calls.length);
    if (fault === undefined) return alive(await effect());
    switch (fault.how) {
      case 'fails':
        throw broken();
      case 'fails-after':
        await effect();
        throw broken();
      case 'refused':
        if (name !== 'run') throw broken();
        return { code: 1, stdout: '', stderr: 'it was refused\n' };
      case 'dies':
        throw die();
      case 'dies-after':
        await effect();
        throw die();
      case 'torn':
        tear(name, args);
        throw die();
      case 'power':
        powerUp = machine.powerCut();
        throw die();
      case 'power-after':
        await effect();
        powerUp = machine.powerCut();
        throw die();
      case 'power-torn':
        tear(name, args);
        powerUp = machine.powerCut();
        throw die();
    }
  }

  function tear(name: string, [path, text]: unknown[]): void {
    if (name === 'appendFile') machine.files.append(String(path), String(text).slice(0, String(text).length / 2));
  }

  /** What was asked before the end is still done, and nobody is there to hear of it. */
  function alive<T>(value: T): T {
    if (dead) throw gone();
    return value;
  }

  function watched<T extends object>(port: T): T {
    const entries = Object.entries(port).map(([name, value]) => {
      if (typeof value !== 'function') return [name, value];
      const method = value as Method;
      const call = (...args: unknown[]): Promise<unknown> => {
        if (dead) return Promise.reject(gone());
        if (MUTATING.has(name)) return change(name, method, args);
        return (method as (...all: unknown[]) => Promise<unknown>)(...args).then(alive);
      };
      return [name, call];
    });
    return Object.fromEntries(entries) as T;
  }

  const clock: Clock = {
    now: world.clock.now,
    sleep: async (ms, signal) => {
      alive(undefined);
      await world.clock.sleep(ms, signal);
      alive(undefined);
    },
  };
  const host = watched(fakeHost(machine));
  const readHost = readOnly(host);
  const docker = async (): Promise<DockerApi> => watched(alive(await fakeDocker(machine)));
  const cri = async (endpoint: string): Promise<CriApi> => watched(alive(await fakeCri(machine, endpoint)));
  const kube: KubeApi = watched(world.kube);
  const away = { unreachable: 'the API server does not answer' };
  return {
    env: {
      node,
      host,
      readHost,
      kube: options.kube === 'away' ? undefined : kube,
      docker,
      readDocker: docker,
      cri,
      readCri: cri,
      clock,
      events: (event) => {
        events.push(event);
        options.sink?.(event);
      },
      kinds: new Map(stepKinds.map((kind) => [kind.kind, kind])),
      signals: options.signals ?? { stop: new AbortController().signal, stopNow: new AbortController().signal },
      operator: 'alice@workstation',
      version: '0.0.0-test',
    },
    host,
    events,
    calls,
    get dead() {
      return dead;
    },
    poweredUp: () => powerUp,
    collect: () =>
      collectNode({ name: node, host: readHost, kube: options.kube === 'away' ? away : kube, docker, cri, clock }),
    uncounted(work) {
      counting = false;
      work();
      counting = true;
    },
  };
}

function labelOf(name: string, [first, second]: unknown[]): string {
  const subject = Array.isArray(first) ? first.slice(0, 4).join(' ') : typeof first === 'object' ? '' : String(first);
  const detail =
    name === 'appendFile'
      ? ` ${
          String(second)
            .match(/"event":"[^}]*/g)
            ?.join(' | ')
            .slice(0, 80) ?? ''
        }`
      : '';
  return `${name} ${subject.replace(/\n[\s\S]*/, '…')}${detail}`;
}
