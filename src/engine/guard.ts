import { MigrateError, messageOf } from '../core/errors.js';
import { GUARD_UNIT, planPaths, RUN_DIR } from '../core/node-paths.js';
import type { Host } from '../core/ports.js';
import { quote } from '../core/quote.js';
import { undoScript, type ScriptedUndo } from './undo-script.js';

/** How long the node waits for a sign of the operator's end before it goes back by itself. */
export const SILENCE_LIMIT_S = 120;
const HEARTBEAT_MS = 10_000;
const HEARTBEAT_PATH = `${RUN_DIR}/heartbeat`;
const UNIT_PATH = `/etc/systemd/system/${GUARD_UNIT}`;

/**
 * A timer on the node that looks for the operator's heartbeat, and rolls the node back by the script beside the journal
 * when it falls silent, or when the node boots without it: the heartbeat lies where a reboot clears it.
 */
export interface Guard {
  arm(undos: readonly ScriptedUndo[]): Promise<void>;
  /** One that an earlier run armed hears that somebody is there again; nothing happens where there is none. */
  keepQuiet(): Promise<void>;
  disarm(): Promise<void>;
  /** Errors: `failed` when the node has begun to roll itself back, after which nothing may be changed from here. */
  refuseIfFired(): Promise<void>;
}

export function guard(host: Host, planId: string): Guard {
  const paths = planPaths(planId);
  let beating: NodeJS.Timeout | undefined;
  const beat = (): Promise<void> => host.writeFile(HEARTBEAT_PATH, '', { mode: 0o600 });

  const goOnBeating = (): void => {
    // A beat that is lost is no news: the next step on this connection finds out by itself.
    beating ??= setInterval(() => void beat().catch(() => undefined), HEARTBEAT_MS);
    beating.unref();
  };

  return {
    async arm(undos) {
      // Of an earlier run of the same plan, which the node ended by itself.
      await host.run(['rm', '-rf', '--', paths.guardFired]);
      await host.writeFile(paths.rollbackScript, undoScript(planId, undos), { mode: 0o700 });
      await host.writeFile(paths.guardScript, guardScript(planId), { mode: 0o700 });
      await beat();
      for (const [suffix, text] of Object.entries(unitFiles(paths.guardScript))) {
        await host.writeFile(`${UNIT_PATH}.${suffix}`, text, { mode: 0o644 });
      }
      await systemctl(host, 'daemon-reload');
      await systemctl(host, 'enable', '--now', `${GUARD_UNIT}.timer`);
      goOnBeating();
    },

    async keepQuiet() {
      if ((await host.stat(`${UNIT_PATH}.timer`)) === undefined) return;
      await beat();
      goOnBeating();
    },

    async disarm() {
      clearInterval(beating);
      beating = undefined;
      const [timer, service] = await Promise.all([host.stat(`${UNIT_PATH}.timer`), host.stat(`${UNIT_PATH}.service`)]);
      if (timer !== undefined) await systemctl(host, 'disable', '--now', `${GUARD_UNIT}.timer`);
      if (timer === undefined && service === undefined) return;
      await host.remove(`${UNIT_PATH}.timer`);
      await host.remove(`${UNIT_PATH}.service`);
      await host.remove(HEARTBEAT_PATH);
      await systemctl(host, 'daemon-reload');
    },

    async refuseIfFired() {
      if ((await host.stat(paths.guardFired)) === undefined) return;
      throw new MigrateError(
        'failed',
        `${host.name} heard nothing for ${SILENCE_LIMIT_S} s and has rolled itself back`,
        {
          hint: `"migrate rollback ${host.name}" gives back what needs the API server: the cordon, the annotation.`,
        },
      );
    },
  };
}

async function systemctl(host: Host, ...argv: string[]): Promise<void> {
  const { code, stderr } = await host.run(['systemctl', ...argv], { timeoutMs: 60_000 });
  if (code !== 0)
    throw new MigrateError('failed', `systemctl ${argv.join(' ')} on ${host.name}: ${messageOf(stderr.trim())}`);
}

/** The directory is made once and for all: who makes it has the right to roll back, and the other end keeps its hands off. */
const guardScript = (planId: string): string => {
  const { guardFired, rollbackScript, dir } = planPaths(planId);
  return `#!/bin/sh
# Run every few seconds in the dark window of a migration; see ${dir}.
now=$(date +%s)
last=$(stat -c %Y ${quote([HEARTBEAT_PATH])} 2>/dev/null || echo 0)
[ $((now - last)) -gt ${SILENCE_LIMIT_S} ] || exit 0
[ ! -e ${quote([`${guardFired}/done`])} ] || exit 0
mkdir -p ${quote([guardFired])} || exit 1
/bin/sh ${quote([rollbackScript, `the node heard nothing from the operator for ${SILENCE_LIMIT_S} s`])} >>${quote([`${guardFired}/log`])} 2>&1 && : >${quote([`${guardFired}/done`])}
`;
};

const unitFiles = (script: string): Record<string, string> => ({
  service: `[Unit]
Description=Rolls this node back when its migration falls silent
ConditionPathExists=${script}

[Service]
Type=oneshot
ExecStart=/bin/sh ${script}
TimeoutStartSec=600
`,
  timer: `[Unit]
Description=Watches for the operator of this node's migration

[Timer]
OnActiveSec=15
OnUnitInactiveSec=15
AccuracySec=1

[Install]
WantedBy=timers.target
`,
});
