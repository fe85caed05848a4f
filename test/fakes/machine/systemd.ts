import { posix } from 'node:path';
import type { WorldClock } from '../world-clock.js';
import type { MemoryFiles } from './memory-files.js';
import { lastSetting, listSetting, loadUnit, wantedBy, type UnitDefinition } from './unit-definition.js';

export interface RunningService {
  readonly pid: number;
  stop(): Promise<void>;
}

/** What a unit starts. Throws when it does not come up; `exited` tells that it ended by itself later. */
export type StartService = (unit: UnitDefinition, exited: (message: string) => void) => Promise<RunningService>;

export interface UnitStatus {
  readonly definition: UnitDefinition;
  readonly activeState: 'active' | 'inactive' | 'failed' | 'activating';
  readonly subState: string;
  readonly unitFileState: string;
  readonly mainPid: number;
  readonly restarts: number;
}

/** The verbs of systemctl, each throwing `SystemctlError`. */
export interface Systemd {
  status(name: string): UnitStatus;
  start(name: string): Promise<void>;
  stop(name: string): Promise<void>;
  restart(name: string): Promise<void>;
  enable(name: string): void;
  disable(name: string): void;
  mask(name: string): void;
  unmask(name: string): void;
  daemonReload(): void;
  resetFailed(name: string): void;
  boot(): Promise<void>;
  /** Nothing is stopped in order: it is just gone. */
  powerOff(): void;
}

export class SystemctlError extends Error {
  constructor(
    message: string,
    readonly code = 1,
  ) {
    super(message);
  }
}

interface Unit {
  state: 'active' | 'inactive' | 'failed' | 'activating';
  service: RunningService | undefined;
  restarts: number;
  /** Counts starts and stops, so that a timer set before one knows that it is out of date. */
  generation: number;
}

const ETC = '/etc/systemd/system';
const isAlwaysThere = (name: string): boolean => /\.(?:target|slice|mount)$/.test(name);

export function systemd(files: MemoryFiles, clock: WorldClock, startService: StartService): Systemd {
  const units = new Map<string, Unit>();
  const loaded = new Map<string, UnitDefinition>();

  /** As of the last daemon-reload; what systemd does not know, or has no reason to remember, is looked for again. */
  function definitionOf(name: string): UnitDefinition {
    const known = loaded.get(name);
    const isRemembered = known?.loadState !== 'not-found' && known !== undefined;
    const isKept =
      isRemembered && (unitOf(name).state !== 'inactive' || files.entry(known.fragmentPath, false) !== undefined);
    if (isKept) return known;
    const fresh = loadUnit(files, name);
    loaded.set(name, fresh);
    return fresh;
  }

  function unitOf(name: string): Unit {
    const unit = units.get(name) ?? { state: 'inactive', service: undefined, restarts: 0, generation: 0 };
    units.set(name, unit);
    return unit;
  }

  function unitFileState(definition: UnitDefinition): string {
    const fresh = loadUnit(files, definition.name);
    if (fresh.loadState !== 'loaded') return fresh.loadState === 'masked' ? 'masked' : '';
    const links = wantedBy(fresh);
    if (links.length === 0) return 'static';
    return links.some((link) => files.entry(link, false) !== undefined) ? 'enabled' : 'disabled';
  }

  const conditionsHold = (definition: UnitDefinition): boolean =>
    listSetting(definition, 'Unit.ConditionPathExists').every((path) => files.entry(path) !== undefined);

  async function start(name: string): Promise<void> {
    if (isAlwaysThere(name)) return;
    const definition = definitionOf(name);
    const unit = unitOf(name);
    if (unit.state === 'active') return;
    if (definition.loadState === 'not-found')
      throw new SystemctlError(`Failed to start ${name}: Unit ${name} not found.`, 5);
    if (definition.loadState === 'masked') throw new SystemctlError(`Failed to start ${name}: Unit ${name} is masked.`);
    for (const wanted of listSetting(definition, 'Unit.Wants')) await start(wanted).catch(() => undefined);
    for (const required of listSetting(definition, 'Unit.Requires', 'Unit.BindsTo')) await start(required);
    if (!conditionsHold(definition)) return;
    unit.generation += 1;
    await launch(name, definition, unit);
  }

  async function launch(name: string, definition: UnitDefinition, unit: Unit): Promise<void> {
    if (name.endsWith('.timer')) return startTimer(definition, unit);
    if (!name.endsWith('.service')) {
      unit.state = 'active';
      return;
    }
    const { generation } = unit;
    unit.state = 'activating';
    try {
      const service = await startService(definition, (message) => exited(name, definition, unit, generation, message));
      if (unit.generation !== generation) return void service.stop();
      unit.service = service;
      unit.state = lastSetting(definition, 'Service.Type') === 'oneshot' ? 'inactive' : 'active';
    } catch (error) {
      exited(name, definition, unit, generation, String(error));
      throw new SystemctlError(`Job for ${name} failed because the control process exited with error code.`);
    }
  }

  function exited(name: string, definition: UnitDefinition, unit: Unit, generation: number, message: string): void {
    if (unit.generation !== generation) return;
    unit.service = undefined;
    log(name, message);
    if (!/^(?:always|on-failure)$/.test(lastSetting(definition, 'Service.Restart') ?? 'no')) {
      unit.state = 'failed';
      return;
    }
    unit.state = 'activating';
    const pauseMs = Number.parseFloat(lastSetting(definition, 'Service.RestartSec') ?? '0.1') * 1000;
    clock.after(pauseMs, async () => {
      if (unit.generation !== generation) return;
      unit.restarts += 1;
      await launch(name, definitionOf(name), unit).catch(() => undefined);
    });
  }

  function startTimer(definition: UnitDefinition, unit: Unit): void {
    unit.state = 'active';
    const { generation } = unit;
    const seconds = (key: string): number => Number(lastSetting(definition, `Timer.${key}`) ?? 0);
    const service = definition.name.replace(/\.timer$/, '.service');
    const elapse = async (): Promise<void> => {
      if (unit.generation !== generation) return;
      await start(service).catch(() => undefined);
      clock.after(seconds('OnUnitInactiveSec') * 1000, elapse);
    };
    // OnActiveSec also counts from the start at boot, where OnBootSec is the later of the two.
    clock.after(seconds('OnActiveSec') * 1000, elapse);
  }

  async function stop(name: string): Promise<void> {
    if (isAlwaysThere(name)) return;
    const unit = unitOf(name);
    if (definitionOf(name).loadState === 'not-found' && unit.state === 'inactive') {
      throw new SystemctlError(`Failed to stop ${name}: Unit ${name} not loaded.`, 5);
    }
    for (const [other] of units) {
      if (other === name || units.get(other)?.state === 'inactive') continue;
      const definition = definitionOf(other);
      if (listSetting(definition, 'Unit.Requires', 'Unit.BindsTo', 'Unit.PartOf').includes(name)) await stop(other);
    }
    unit.generation += 1;
    const { service } = unit;
    unit.service = undefined;
    await service?.stop();
    unit.state = 'inactive';
  }

  function log(name: string, message: string): void {
    files.append(`/var/log/journal/${name}`, `${message}\n`);
  }

  const manager: Systemd = {
    status(name) {
      const definition = definitionOf(name);
      const { state, service, restarts } = unitOf(name);
      const running = name.endsWith('.socket') ? 'listening' : name.endsWith('.timer') ? 'waiting' : 'running';
      const subState = { active: running, inactive: 'dead', failed: 'failed', activating: 'auto-restart' }[state];
      const mainPid = service?.pid ?? 0;
      return { definition, activeState: state, subState, unitFileState: unitFileState(definition), mainPid, restarts };
    },
    start,
    stop,
    async restart(name) {
      const { loadState } = definitionOf(name);
      if (loadState !== 'loaded') {
        throw new SystemctlError(
          `Failed to restart ${name}: Unit ${name} ${loadState === 'masked' ? 'is masked' : 'not found'}.`,
        );
      }
      const followers = [...units].filter(
        ([other, { state }]) =>
          state === 'active' &&
          listSetting(definitionOf(other), 'Unit.Requires', 'Unit.BindsTo', 'Unit.PartOf').includes(name),
      );
      if (unitOf(name).state !== 'inactive') await stop(name);
      unitOf(name).restarts = 0;
      await start(name);
      for (const [other] of followers) await start(other);
    },
    enable(name) {
      const definition = loadUnit(files, name);
      if (definition.loadState !== 'loaded') {
        const what = definition.loadState === 'masked' ? 'is masked' : 'does not exist';
        throw new SystemctlError(`Failed to enable unit: Unit file ${name} ${what}.`);
      }
      for (const link of wantedBy(definition)) files.link(link, definition.fragmentPath);
      manager.daemonReload();
    },
    disable(name) {
      const links = files.entries().filter(([path]) => path.startsWith(`${ETC}/`) && path.endsWith(`.wants/${name}`));
      if (loadUnit(files, name).loadState === 'not-found' && links.length === 0) {
        throw new SystemctlError(`Failed to disable unit: Unit file ${name} does not exist.`);
      }
      for (const [link] of links) {
        files.remove(link);
        if (files.list(posix.dirname(link)).length === 0) files.remove(posix.dirname(link));
      }
      manager.daemonReload();
    },
    mask(name) {
      const path = `${ETC}/${name}`;
      const there = files.entry(path, false);
      if (there !== undefined && files.resolve(path, true) !== '/dev/null') {
        throw new SystemctlError(`Failed to mask unit: File ${path} already exists.`);
      }
      files.link(path, '/dev/null');
      manager.daemonReload();
    },
    unmask(name) {
      const path = `${ETC}/${name}`;
      if (files.entry(path, false)?.type === 'symlink' && files.resolve(path, true) === '/dev/null') files.remove(path);
      manager.daemonReload();
    },
    daemonReload: () => loaded.clear(),
    resetFailed(name) {
      if (definitionOf(name).loadState === 'not-found') {
        throw new SystemctlError(`Failed to reset failed state of unit ${name}: Unit ${name} not loaded.`);
      }
      const unit = unitOf(name);
      unit.restarts = 0;
      if (unit.state === 'failed') unit.state = 'inactive';
    },
    async boot() {
      loaded.clear();
      const wanted = files.entries().map(([path]) => /^\/etc\/systemd\/system\/[^/]+\.wants\/([^/]+)$/.exec(path)?.[1]);
      const names = [...new Set(wanted.filter((name) => name !== undefined))].sort(
        (a, b) => Number(after(definitionOf(a), b)) - Number(after(definitionOf(b), a)) || (a < b ? -1 : 1),
      );
      for (const name of names) await start(name).catch(() => undefined);
    },
    powerOff() {
      for (const unit of units.values()) {
        unit.generation += 1;
        unit.state = 'inactive';
        unit.service = undefined;
        unit.restarts = 0;
      }
    },
  };
  return manager;
}

const after = (definition: UnitDefinition, other: string): boolean =>
  listSetting(definition, 'Unit.After').includes(other);
