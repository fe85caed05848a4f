import { z } from 'zod';
import { MigrateError } from '../core/errors.js';
import type { ReadHost } from '../core/ports.js';
import type { UndoAction } from '../core/undo.js';

export const unitStateSchema = z.object({
  unit: z.string(),
  loadState: z.string(),
  activeState: z.string(),
  unitFileState: z.string(),
  fragmentPath: z.string(),
  mainPid: z.number(),
  restarts: z.number(),
});
export type UnitState = z.infer<typeof unitStateSchema>;

const PROPERTIES = ['Id', 'LoadState', 'ActiveState', 'UnitFileState', 'FragmentPath', 'MainPID', 'NRestarts'];

/** How systemd sees a unit now; `loadState: 'not-found'` where there is none. */
export async function unitState(host: ReadHost, unit: string): Promise<UnitState> {
  const result = await host.query(['systemctl', 'show', `--property=${PROPERTIES.join(',')}`, '--', unit]);
  if (result.code !== 0)
    throw new MigrateError('failed', `systemctl show ${unit} on ${host.name}: ${result.stderr.trim()}`);
  const value = new Map(
    result.stdout.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  return {
    unit,
    loadState: value.get('LoadState') ?? '',
    activeState: value.get('ActiveState') ?? '',
    unitFileState: value.get('UnitFileState') ?? '',
    fragmentPath: value.get('FragmentPath') ?? '',
    mainPid: Number(value.get('MainPID') ?? 0),
    restarts: Number(value.get('NRestarts') ?? 0),
  };
}

export const wasRunning = (state: UnitState): boolean =>
  state.activeState === 'active' || state.activeState === 'activating';

/** What brings a unit that was started and enabled by us back to how it was. */
export function backTo(state: UnitState): UndoAction[] {
  const actions: UndoAction[] = [];
  if (!wasRunning(state)) {
    actions.push({ do: 'systemctl', verb: 'stop', units: [state.unit] });
    // One that never came up goes on saying so.
    if (state.activeState !== 'failed') actions.push({ do: 'systemctl', verb: 'reset-failed', units: [state.unit] });
  }
  if (state.unitFileState === 'disabled') actions.push({ do: 'systemctl', verb: 'disable', units: [state.unit] });
  if (state.unitFileState === 'masked') actions.push({ do: 'systemctl', verb: 'mask', units: [state.unit] });
  return actions;
}
