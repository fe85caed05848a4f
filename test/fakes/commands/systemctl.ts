import { MigrateError } from '../../../src/core/errors.js';
import type { Machine } from '../machine/machine.js';
import { listSetting } from '../machine/unit-definition.js';
import type { Command } from './execute.js';

/** How long systemd is at it before `systemctl` comes back. */
const STOP_MS = 250;
const START_MS = 60;

export const systemctl: Command = async (machine, [verb = '', ...args]) => {
  const { systemd, clock } = machine;
  const units = args.filter((arg) => !arg.startsWith('-'));
  const now = args.includes('--now');
  const each = async (work: (unit: string) => void | Promise<void>): Promise<Record<string, never>> => {
    for (const unit of units) await work(unit);
    return {};
  };
  switch (verb) {
    case 'show': {
      const properties = /^--property=(.*)$/.exec(args.find((arg) => arg.startsWith('--property=')) ?? '')?.[1];
      return { stdout: `${units.map((unit) => show(machine, unit, (properties ?? '').split(','))).join('\n\n')}\n` };
    }
    case 'is-active': {
      const { activeState } = systemd.status(units[0] ?? '');
      return { code: activeState === 'active' ? 0 : 3, stdout: `${activeState}\n` };
    }
    case 'start':
      await clock.sleep(START_MS);
      return each((unit) => systemd.start(unit));
    case 'stop':
      await clock.sleep(STOP_MS);
      return each((unit) => systemd.stop(unit));
    case 'restart':
      await clock.sleep(STOP_MS + START_MS);
      return each((unit) => systemd.restart(unit));
    case 'enable':
      return each(async (unit) => {
        systemd.enable(unit);
        if (now) await systemd.start(unit);
      });
    case 'disable':
      return each(async (unit) => {
        systemd.disable(unit);
        if (now) await systemd.stop(unit);
      });
    case 'mask':
      return each(systemd.mask);
    case 'unmask':
      return each(systemd.unmask);
    case 'daemon-reload':
      await clock.sleep(START_MS);
      systemd.daemonReload();
      return {};
    case 'reset-failed':
      return each(systemd.resetFailed);
    default:
      throw new MigrateError('bug', `the simulated systemctl does not know ${verb}`);
  }
};

function show({ systemd }: Machine, unit: string, properties: readonly string[]): string {
  const { definition, activeState, subState, unitFileState, mainPid, restarts } = systemd.status(unit);
  const isService = unit.endsWith('.service');
  const implicit = definition.loadState === 'loaded' ? ['sysinit.target', 'system.slice'] : [];
  const list = (key: string, more: readonly string[] = []): string =>
    [...more, ...listSetting(definition, `Unit.${key}`)].join(' ');
  const values: Readonly<Record<string, string | undefined>> = {
    MainPID: isService ? String(mainPid) : undefined,
    NRestarts: isService ? String(restarts) : undefined,
    Id: unit,
    Requires: list('Requires', implicit),
    Wants: list('Wants'),
    BindsTo: list('BindsTo'),
    PartOf: list('PartOf'),
    After: list('After', implicit),
    LoadState: definition.loadState,
    ActiveState: activeState,
    SubState: subState,
    FragmentPath: definition.fragmentPath,
    DropInPaths: definition.dropInPaths.join(' '),
    UnitFileState: unitFileState,
  };
  return Object.entries(values)
    .filter(([name, value]) => value !== undefined && properties.includes(name))
    .map(([name, value]) => `${name}=${value ?? ''}`)
    .join('\n');
}
