import { readFile } from 'node:fs/promises';
import { convert } from '../config/convert.js';
import type { MigrateOptions } from '../core/plan.js';
import type { PlanParts } from '../plan/build-node-plan.js';
import { gates } from '../plan/gates/index.js';
import { parsePlaybook } from '../plan/playbook.js';
import { stepKinds } from '../steps/index.js';

/** What a plan is built from, the playbook of the target among it. */
export async function planParts({ target }: MigrateOptions): Promise<PlanParts> {
  const kinds = new Map(stepKinds.map((kind) => [kind.kind, kind]));
  const path = new URL(`../../playbooks/${target}.yaml`, import.meta.url);
  const playbook = parsePlaybook(await readFile(path, 'utf8'), `playbooks/${target}.yaml`, new Set(kinds.keys()));
  const asked = gates.filter(({ leavingDocker }) => leavingDocker !== true || target !== 'cri-dockerd');
  return { playbook, kinds, gates: asked, convert };
}
