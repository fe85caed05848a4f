import { writeFile } from 'node:fs/promises';
import { EXIT, MigrateError, messageOf, type ExitCode } from '../../core/errors.js';
import { buildPlan } from '../../plan/build-plan.js';
import { planJson } from '../../report/plan-json.js';
import { planMarkdown } from '../../report/plan-markdown.js';
import { planText } from '../../report/plan-text.js';
import { migrateOptions, type MigrateFlags } from '../migrate-options.js';
import { nodesToLookAt } from '../nodes-to-look-at.js';
import { planParts } from '../plan-parts.js';
import type { Settings } from '../settings.js';
import { terminal } from '../terminal.js';
import { wire } from '../wire.js';

export interface PlanFlags extends Settings, MigrateFlags {
  readonly format: 'text' | 'json' | 'markdown';
  readonly output?: string;
}

/** `migrate plan`: the dry run. A blocked node is exit 4; nothing was changed either way. */
export async function plan(names: readonly string[], flags: PlanFlags): Promise<ExitCode> {
  const wiring = wire(flags);
  try {
    await wiring.kube.serverVersion();
    const options = migrateOptions(flags);
    const parts = await planParts(options);
    const nodes = await nodesToLookAt(wiring.kube, names, flags.via);
    const inventories = await Promise.all(
      nodes.map(async ({ name, internalIp }) => (await wiring.connect(name, internalIp)).collect(wiring.kube)),
    );
    const made = buildPlan(inventories, options, parts);
    if (flags.output !== undefined) await save(flags.output, planJson(made));
    const text = { color: terminal.outColor, width: terminal.width };
    switch (flags.format) {
      case 'json':
        terminal.result(planJson(made));
        break;
      case 'markdown':
        terminal.result(planMarkdown(made));
        break;
      case 'text':
        terminal.result(planText(made, flags.output === undefined ? text : { ...text, planFile: flags.output }));
    }
    return made.nodes.some(({ verdict }) => verdict === 'blocked') ? EXIT.blocked : EXIT.ok;
  } finally {
    await wiring.close();
  }
}

async function save(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600 }).catch((cause: unknown) => {
    throw new MigrateError('input', `the plan cannot be written to ${path}: ${messageOf(cause)}`, { cause });
  });
}
