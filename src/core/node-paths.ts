/** Where the toolkit keeps what it knows on a node; root's alone, mode 0700. */
export const STATE_DIR = '/var/lib/dockershim-migrate';

/** Gone after a reboot, on purpose: a node that boots in the dark window has heard from nobody. */
export const RUN_DIR = '/run/dockershim-migrate';

export const LOCK_PATH = `${STATE_DIR}/lock`;

export const GUARD_UNIT = 'dockershim-migrate-guard';

export interface PlanPaths {
  readonly dir: string;
  readonly plan: string;
  readonly journal: string;
  readonly backup: (sha256: string) => string;
  readonly backupDir: string;
  readonly rollbackScript: string;
  readonly guardScript: string;
  /** Made by the node when it has begun to roll back by itself. */
  readonly guardFired: string;
}

export function planPaths(planId: string): PlanPaths {
  const dir = `${STATE_DIR}/${planId}`;
  return {
    dir,
    plan: `${dir}/plan.json`,
    journal: `${dir}/journal.jsonl`,
    backupDir: `${dir}/backup`,
    backup: (sha256) => `${dir}/backup/${sha256}`,
    rollbackScript: `${dir}/rollback.sh`,
    guardScript: `${dir}/guard.sh`,
    guardFired: `${dir}/guard-fired`,
  };
}
