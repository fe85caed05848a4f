import { readFile } from 'node:fs/promises';
import { EXIT, MigrateError, messageOf, type ExitCode } from '../../core/errors.js';
import type { NodeResult } from '../../core/events.js';
import type { MigrationPlan, NodePlan } from '../../core/plan.js';
import type { KubeReader } from '../../core/ports.js';
import { migrateNode } from '../../engine/migrate-node.js';
import { buildPlan } from '../../plan/build-plan.js';
import { parsePlan } from '../../plan/parse-plan.js';
import { planFacts } from '../../plan/plan-facts.js';
import { movedFacts } from '../../plan/staleness.js';
import { planText } from '../../report/plan-text.js';
import { migrateOptions, type MigrateFlags } from '../migrate-options.js';
import { nodesToLookAt } from '../nodes-to-look-at.js';
import { planParts } from '../plan-parts.js';
import { confirmed, runEngine, type RunFlags } from '../run-engine.js';
import type { Settings } from '../settings.js';
import { terminal } from '../terminal.js';
import { wire } from '../wire.js';

export interface NodeFlags extends Settings, MigrateFlags, RunFlags {
  readonly plan?: string;
  readonly onFailure: 'rollback' | 'stop';
  readonly debug?: boolean;
}

/** `migrate node`: plan, confirm, and carry the plan out. */
export async function node(name: string, flags: NodeFlags): Promise<ExitCode> {
  const saved = flags.plan === undefined ? undefined : await readPlanFile(flags.plan, name);
  if (flags.yes !== true && !terminal.interactive) await confirmed('', flags);
  const wiring = wire(flags);
  try {
    await refuseMissingRights(wiring.kube);
    const options = saved?.plan.options ?? migrateOptions(flags);
    const [target] = await nodesToLookAt(wiring.kube, [name], flags.via);
    const connection = await wiring.connect(name, target?.internalIp);
    const inventory = await connection.collect(wiring.kube);
    const now = buildPlan([inventory], options, await planParts(options));
    const fresh = now.nodes[0];
    if (fresh === undefined) throw new MigrateError('bug', `no plan was made for ${name}`);
    if (fresh.verdict === 'already') return tellResult(flags, emptyResult(fresh, 'already'), EXIT.ok);
    if (saved !== undefined) refuseStale(saved.nodePlan, planFacts(inventory), flags.plan ?? '');

    const plan = saved?.plan ?? now;
    const nodePlan = saved?.nodePlan ?? fresh;
    if (fresh.verdict === 'blocked') {
      terminal.error(planText({ ...now, nodes: [fresh] }, { color: terminal.errColor, width: terminal.width }));
      return tellResult(flags, emptyResult(fresh, 'blocked'), EXIT.blocked);
    }
    if (flags.yes !== true)
      terminal.error(
        planText({ ...plan, nodes: [nodePlan] }, { color: terminal.errColor, width: terminal.width, closing: false }),
      );
    if (!(await confirmed(`Migrate ${name} from ${nodePlan.from} to ${nodePlan.to}?`, flags))) {
      terminal.error('Nothing was changed.');
      return EXIT.ok;
    }
    return await runEngine(flags, (events, signals) =>
      migrateNode({
        env: connection.engine({ kube: wiring.kube, events, signals }),
        plan,
        nodePlan,
        onFailure: flags.onFailure,
      }),
    );
  } finally {
    await wiring.close();
  }
}

async function readPlanFile(path: string, name: string): Promise<{ plan: MigrationPlan; nodePlan: NodePlan }> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new MigrateError('input', `the plan ${path} cannot be read: ${messageOf(cause)}`, { cause });
  });
  const plan = parsePlan(text, path);
  const nodePlan = plan.nodes.find((one) => one.node === name);
  if (nodePlan !== undefined) return { plan, nodePlan };
  throw new MigrateError('input', `${path} has no plan for ${name}`, {
    hint: `It has plans for ${plan.nodes.map((one) => one.node).join(', ')}.`,
  });
}

async function refuseMissingRights(kube: KubeReader): Promise<void> {
  const missing = await kube.missingPermissions();
  if (missing.length === 0) return;
  throw new MigrateError('denied', `the cluster does not let you ${missing.join(', ')}`, {
    hint: 'A migration needs that for the cordon, the drain and the proof; ask whoever grants rights in the cluster.',
  });
}

function refuseStale({ node: name, facts }: NodePlan, now: Readonly<Record<string, string>>, path: string): void {
  const moved = movedFacts(facts, now);
  if (moved.length === 0) return;
  throw new MigrateError('stale', `${name} has changed since ${path} was made: ${moved.join(', ')}`, {
    hint: `Look at the difference and make a new one with "migrate plan ${name} -o ${path}".`,
  });
}

const emptyResult = ({ node: name, from, notices }: NodePlan, outcome: 'already' | 'blocked'): NodeResult => ({
  node: name,
  outcome,
  from,
  to: from,
  steps: [],
  darkMs: null,
  warnings: notices.filter(({ level }) => level === 'warning').map(({ message }) => message),
  errors: notices.filter(({ level }) => level !== 'warning').map(({ message }) => message),
});

function tellResult(flags: NodeFlags, result: NodeResult, exitCode: ExitCode): ExitCode {
  if (flags.format === 'json') terminal.result(JSON.stringify(result, null, 2));
  else if (result.outcome === 'already') terminal.result(`${result.node} is on ${result.to} already: nothing to do.`);
  return exitCode;
}
