import type { Conversion } from '../core/conversion.js';
import { digestOf, sha256 } from '../core/digest.js';
import { valueOf } from '../core/fact.js';
import type { KubeletRuntime, NodeInventory } from '../core/inventory.js';
import {
  targetSchema,
  type FileChange,
  type MigrateOptions,
  type NodePlan,
  type Notice,
  type PhaseSpec,
  type Target,
} from '../core/plan.js';
import type { AnyStepKind, StepInput } from '../core/step.js';
import type { Gate } from './gate.js';
import { planFacts } from './plan-facts.js';
import type { Playbook } from './playbook.js';

export interface PlanParts {
  readonly playbook: Playbook;
  readonly kinds: ReadonlyMap<string, AnyStepKind>;
  readonly gates: readonly Gate[];
  readonly convert: (inventory: NodeInventory, options: MigrateOptions) => Conversion;
}

/** One node's plan, and the text of every file it is to write by SHA-256. The same inventory gives the same bytes. */
export function buildNodePlan(
  inventory: NodeInventory,
  options: MigrateOptions,
  { playbook, kinds, gates, convert }: PlanParts,
): { readonly nodePlan: NodePlan; readonly contents: Readonly<Record<string, string>> } {
  const node = valueOf(inventory.node);
  const kubelet = valueOf(inventory.kubelet);
  const from = node?.runtimeVersion ?? runtimeByHost(inventory);
  const shared = {
    node: inventory.name,
    from,
    kubeletVersion: kubelet?.version ?? node?.kubeletVersion.replace(/^v/, '') ?? '',
  };

  if (isMigrated(inventory, options)) {
    const already = {
      ...shared,
      verdict: 'already' as const,
      to: from,
      notices: [],
      files: [],
      settings: [],
      differences: [],
      manifests: [],
      phases: [],
      facts: planFacts(inventory),
    };
    return { nodePlan: { ...already, planId: idOf(already, options) }, contents: {} };
  }

  const conversion = convert(inventory, options);
  const input = { inventory, options, conversion };
  const notices = sortNotices([
    ...conversion.notices,
    ...gates.flatMap((gate) => gate.check(input).map((notice) => ({ gate: gate.id, ...notice }))),
  ]);
  const plan = {
    ...shared,
    verdict: notices.some(({ level }) => level !== 'warning') ? ('blocked' as const) : ('migrate' as const),
    to: targetRuntime(inventory, options),
    notices,
    files: filesOf(inventory, conversion),
    settings: [...conversion.settings],
    differences: [...conversion.differences],
    manifests: [...conversion.manifests],
    phases: playbook.phases.map((phase) => phaseOf(phase, kinds, input)).filter(({ steps }) => steps.length > 0),
    facts: planFacts(inventory),
  };
  const contents = Object.fromEntries(conversion.files.map(({ content }) => [sha256(content), content]));
  return { nodePlan: { ...plan, planId: idOf(plan, options) }, contents };
}

const idOf = (plan: Omit<NodePlan, 'planId'>, options: MigrateOptions): string =>
  `${plan.node}-${digestOf({ plan, options }).slice(0, 12)}`;

function phaseOf(
  phase: Playbook['phases'][number],
  kinds: ReadonlyMap<string, AnyStepKind>,
  input: StepInput,
): PhaseSpec {
  const steps = phase.steps.flatMap(({ kind, argument }) =>
    (kinds.get(kind)?.instances(input, argument) ?? []).map(({ id, title, params }) => ({
      id: `${phase.name}/${kind}/${id}`,
      kind,
      phase: phase.name,
      title,
      params: params as Record<string, unknown>,
    })),
  );
  return { name: phase.name, title: phase.title, guarded: phase.guarded, steps };
}

function filesOf(inventory: NodeInventory, conversion: Conversion): FileChange[] {
  const present = valueOf(inventory.files) ?? {};
  return conversion.files.map(({ path, content, mode, why }) => {
    const before = present[path];
    return {
      path,
      sha256: sha256(content),
      mode,
      before: before?.exists === true ? { sha256: before.sha256, content: before.content } : null,
      why,
    };
  });
}

const LEVELS = ['blocker', 'undecided', 'warning'];

const sortNotices = (notices: readonly Notice[]): Notice[] =>
  notices.toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));

/** What the kubelet's endpoint is called, and what the Node then says, without the version. */
const RUNTIMES = {
  containerd: { kind: 'containerd', scheme: 'containerd' },
  crio: { kind: 'cri-o', scheme: 'cri-o' },
  'cri-dockerd': { kind: 'cri-dockerd', scheme: 'docker' },
} as const satisfies Readonly<Record<Target, { kind: KubeletRuntime['kind']; scheme: string }>>;

/** By what the kubelet really talks to, not by which runtimes are there. */
function isMigrated(inventory: NodeInventory, { target }: MigrateOptions): boolean {
  const { kind, scheme } = RUNTIMES[target];
  const kubelet = valueOf(inventory.kubelet);
  const reported = valueOf(inventory.node)?.runtimeVersion;
  return kubelet?.runtime.kind === kind && (reported === undefined || reported.startsWith(`${scheme}://`));
}

function runtimeByHost(inventory: NodeInventory): string {
  const kind = valueOf(inventory.kubelet)?.runtime.kind;
  const target = targetSchema.options.find((one) => RUNTIMES[one].kind === kind);
  if (kind === 'dockershim' || kind === 'cri-dockerd') return dockerRuntime(inventory);
  if (target !== undefined) return targetRuntime(inventory, { target });
  return kind === undefined ? 'unknown' : `${kind}://`;
}

function targetRuntime(inventory: NodeInventory, { target }: Pick<MigrateOptions, 'target'>): string {
  // The Node reports Docker before and after: what changes has to be said beside it.
  if (target === 'cri-dockerd') {
    return `${dockerRuntime(inventory)} by cri-dockerd ${valueOf(inventory.criDockerd)?.version ?? ''}`.trimEnd();
  }
  const facts = { containerd: inventory.containerd, crio: inventory.crio }[target];
  return `${RUNTIMES[target].scheme}://${valueOf<{ readonly version: string }>(facts)?.version ?? ''}`;
}

const dockerRuntime = ({ docker }: NodeInventory): string => `docker://${valueOf(docker)?.version ?? ''}`;
