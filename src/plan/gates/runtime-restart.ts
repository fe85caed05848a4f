import { valueOf } from '../../core/fact.js';
import type { Gate } from '../gate.js';
import { notKnown } from './not-known.js';

/** Dependencies by which systemd stops or restarts Docker along with what it depends on. */
export const runtimeRestart: Gate = {
  id: 'runtime-restart',
  title: 'Restarting the new runtime leaves Docker alone',
  why: 'The runtime is restarted with its new configuration while the node serves. Where docker.service requires or is bound to it, systemd restarts Docker too, and with it every container unless live-restore is on (Docker 18.09 shipped such a unit).',
  links: ['https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html'],
  leavingDocker: true,
  check({ inventory, conversion }) {
    const { units } = inventory;
    if (!units.known) return [notKnown(`whether a restart of ${conversion.runtimeUnit} restarts Docker`, units.why)];
    const docker = units.value['docker.service'];
    if (docker === undefined) return [];
    const ties = (['requires', 'bindsTo', 'partOf'] as const).filter((tie) =>
      docker[tie].includes(conversion.runtimeUnit),
    );
    if (ties.length === 0 || valueOf(inventory.docker)?.liveRestore === true) return [];
    return [
      {
        level: 'blocker',
        message: `docker.service ${ties.join(', ')} ${conversion.runtimeUnit}: staging would restart every container of the node`,
        fix: 'turn on "live-restore" in /etc/docker/daemon.json and reload Docker, or make the dependency a Wants=',
      },
    ];
  },
};
