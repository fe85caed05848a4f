import { EXIT, MigrateError, type ExitCode } from '../../core/errors.js';
import { resumeNode } from '../../engine/migrate-node.js';
import { openMigration } from '../open-migration.js';
import { confirmed, runEngine, type RunFlags } from '../run-engine.js';
import type { Settings } from '../settings.js';
import { terminal } from '../terminal.js';
import { wire } from '../wire.js';

export interface ResumeFlags extends Settings, RunFlags {
  readonly onFailure: 'rollback' | 'stop';
  readonly debug?: boolean;
}

/** `migrate resume`: goes on where the journal on the node ends. */
export async function resume(name: string, flags: ResumeFlags): Promise<ExitCode> {
  const wiring = wire(flags);
  try {
    const { connection, kube, found } = await openMigration(wiring, name, flags.via);
    const { plan, nodePlan, state, guardFired } = found;
    if (state.outcome === 'migrated') {
      terminal.error(`${name} was migrated to ${nodePlan.to}: there is nothing to resume.`);
      return EXIT.ok;
    }
    if (state.outcome === 'rolled-back') {
      throw new MigrateError('input', `the migration of ${name} was rolled back`, {
        hint: `Start anew with "migrate node ${name}".`,
      });
    }
    if (state.rollingBack || guardFired) {
      throw new MigrateError('input', `${name} is on its way back${guardFired ? ', by itself' : ''}`, {
        hint: `Finish that with "migrate rollback ${name}".`,
      });
    }
    if (!(await confirmed(`Go on with the migration of ${name} to ${nodePlan.to}?`, flags))) return EXIT.ok;
    return await runEngine(flags, (events, signals) =>
      resumeNode({ env: connection.engine({ kube, events, signals }), plan, nodePlan, onFailure: flags.onFailure }),
    );
  } finally {
    await wiring.close();
  }
}
