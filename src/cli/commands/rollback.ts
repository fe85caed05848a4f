import { EXIT, type ExitCode } from '../../core/errors.js';
import { rollbackNode } from '../../engine/migrate-node.js';
import { openMigration } from '../open-migration.js';
import { confirmed, runEngine, type RunFlags } from '../run-engine.js';
import type { Settings } from '../settings.js';
import { terminal } from '../terminal.js';
import { wire } from '../wire.js';

export interface RollbackFlags extends Settings, RunFlags {
  readonly debug?: boolean;
}

/** `migrate rollback`: takes a node back from wherever its journal ends. A rollback that was asked for is a success. */
export async function rollback(name: string, flags: RollbackFlags): Promise<ExitCode> {
  const wiring = wire(flags);
  try {
    const { connection, kube, found } = await openMigration(wiring, name, flags.via);
    const { plan, nodePlan, state } = found;
    if (state.outcome === 'rolled-back') {
      terminal.error(`${name} was rolled back to ${nodePlan.from}: there is nothing to do.`);
      return EXIT.ok;
    }
    if (!(await confirmed(`Take ${name} back to ${nodePlan.from}?`, flags))) return EXIT.ok;
    const code = await runEngine(flags, (events, signals) =>
      rollbackNode(
        { env: connection.engine({ kube, events, signals }), plan, nodePlan, onFailure: 'rollback' },
        'it was asked for',
      ),
    );
    return code === EXIT.rolledBack ? EXIT.ok : code;
  } finally {
    await wiring.close();
  }
}
