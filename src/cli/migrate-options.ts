import type { MigrateOptions, Target } from '../core/plan.js';

export interface MigrateFlags {
  readonly target: Target;
  readonly keepDocker?: boolean;
  readonly stopForeign?: boolean;
  readonly force?: boolean;
  readonly deleteEmptydirData?: boolean;
  readonly gracePeriod?: number;
  readonly drainTimeout: number;
}

export function migrateOptions(flags: MigrateFlags): MigrateOptions {
  return {
    target: flags.target,
    foreign: flags.keepDocker === true ? 'keep-docker' : flags.stopForeign === true ? 'stop' : 'block',
    drain: {
      force: flags.force === true,
      deleteEmptyDirData: flags.deleteEmptydirData === true,
      timeoutMs: flags.drainTimeout,
      ...(flags.gracePeriod === undefined ? {} : { gracePeriodSeconds: flags.gracePeriod }),
    },
  };
}
