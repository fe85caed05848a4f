import { z } from 'zod';
import { MigrateError } from '../core/errors.js';
import type { StepKind } from '../core/step.js';
import type { UndoAction } from '../core/undo.js';
import { mustRun } from './must-run.js';
import { unitState, unitStateSchema, wasRunning, type UnitState } from './unit-state.js';

/** The socket first: a client that comes in between would start the service again. */
const UNITS = ['docker.socket', 'docker.service'];

const params = z.object({});
const captured = z.object({ units: z.array(unitStateSchema) });

/** systemd can only mask a unit whose file is not in /etc itself; the others get a condition that never holds. */
const isAdminsOwn = ({ fragmentPath }: UnitState): boolean => fragmentPath.startsWith('/etc/systemd/system/');

const dropIn = (unit: string): string => `/etc/systemd/system/${unit}.d/10-dockershim-migrate.conf`;
const NEVER =
  '# The node runs on another runtime now; undone by its rollback.\n[Unit]\nConditionPathExists=/nonexistent/dockershim-migrate\n';

const isPresent = ({ loadState }: UnitState): boolean => loadState !== 'not-found';

export const maskDocker: StepKind<z.infer<typeof params>, z.infer<typeof captured>> = {
  kind: 'mask-docker',
  title: 'Stop and mask Docker',
  why: 'A Docker that comes back, by its socket or at boot, brings containers back beside those of the new runtime. Its packages and data stay: they are the way back.',
  params,
  captured,

  instances: ({ options }) =>
    options.foreign === 'keep-docker'
      ? []
      : [{ id: 'docker', title: 'stop and mask docker.service and docker.socket', params: {} }],

  async check({ host }) {
    for (const unit of UNITS) {
      const now = await unitState(host, unit);
      if (!isPresent(now)) continue;
      if (wasRunning(now)) return { state: 'pending', because: `${unit} is ${now.activeState}` };
      const held = now.unitFileState === 'masked' || (await host.stat(dropIn(unit))) !== undefined;
      if (!held) return { state: 'pending', because: `${unit} could be started` };
    }
    return { state: 'done' };
  },

  async capture({ host }) {
    const units = await Promise.all(UNITS.map((unit) => unitState(host, unit)));
    return { units: units.filter(isPresent) };
  },

  async apply({ host }, _params, { units }) {
    const names = units.map(({ unit }) => unit);
    if (names.length === 0) return;
    await mustRun(host, ['systemctl', 'stop', ...names], { timeoutMs: 120_000 });
    const maskable = units.filter((unit) => !isAdminsOwn(unit)).map(({ unit }) => unit);
    if (maskable.length > 0) await mustRun(host, ['systemctl', 'mask', ...maskable]);
    for (const { unit } of units.filter(isAdminsOwn)) await host.writeFile(dropIn(unit), NEVER, { mode: 0o644 });
    if (maskable.length < units.length) await mustRun(host, ['systemctl', 'daemon-reload']);
  },

  async verify(read, parameters) {
    const now = await this.check(read, parameters);
    if (now.state === 'pending') throw new MigrateError('failed', now.because);
  },

  undo(_params, { units }) {
    const actions: UndoAction[] = [];
    const masked = units
      .filter((unit) => !isAdminsOwn(unit) && unit.unitFileState !== 'masked')
      .map(({ unit }) => unit);
    if (masked.length > 0) actions.push({ do: 'systemctl', verb: 'unmask', units: masked });
    for (const { unit } of units.filter(isAdminsOwn)) {
      actions.push(
        { do: 'remove-file', path: dropIn(unit) },
        { do: 'remove-directory', path: `/etc/systemd/system/${unit}.d` },
      );
    }
    if (units.some(isAdminsOwn)) actions.push({ do: 'systemctl', verb: 'daemon-reload', units: [] });
    const started = units.filter(wasRunning).map(({ unit }) => unit);
    if (started.length > 0) actions.push({ do: 'systemctl', verb: 'start', units: started });
    return actions;
  },
};
