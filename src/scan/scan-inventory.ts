import type { ObjectRef } from '../core/finding.js';
import { valueOf } from '../core/fact.js';
import type { FileFacts, NodeInventory } from '../core/inventory.js';
import type { NodeEvidence } from '../core/node-evidence.js';
import type { ScanError, ScanUndecided } from '../core/scan-report.js';
import { maskSecrets } from '../core/secret-markers.js';
import { liveSource } from '../manifests/live-source.js';
import type { Hit, Rule, Unknowable } from '../rules/rule.js';
import type { Found } from './found.js';
import type { ScanContext } from './scan-context.js';
import { scanText } from './scan-file.js';
import { suppressionOf } from './suppression-of.js';

export interface InventoryScan {
  readonly found: readonly Found[];
  readonly undecided: readonly ScanUndecided[];
  readonly errors: readonly ScanError[];
}

/** Scans what is known of a node: its facts, who uses Docker there, and its files as files of any other place. */
export function scanInventory(inventory: NodeInventory, evidence: NodeEvidence, context: ScanContext): InventoryScan {
  const node: ObjectRef = { kind: 'Node', name: inventory.name };
  const found: Found[] = [];
  const undecided: ScanUndecided[] = [];
  const errors: ScanError[] = [];
  const { annotations = {} } = valueOf(inventory.node) ?? {};

  for (const rule of context.rules) {
    for (const hit of hitsOf(rule, inventory, evidence, context)) {
      if ('undecided' in hit)
        undecided.push({ ruleId: rule.id, subject: `node ${inventory.name}`, why: hit.undecided });
      else found.push(foundOf(rule, hit, node, annotations));
    }
  }

  for (const fact of [inventory.files, evidence.files]) {
    if (!fact.known) undecided.push({ subject: `node ${inventory.name}`, why: fact.why });
  }
  for (const [path, content] of textsOf(inventory, evidence)) {
    const file = `${inventory.name}:${path}`;
    // Of a file that is none, or too long, the content says so in brackets.
    const unread = /^\[(.* too long)[^\n]*\]$/.exec(content)?.[1];
    if (unread !== undefined) errors.push({ subject: file, message: `has ${unread} to be scanned` });
    const scan = scanText(file, content, context, node);
    found.push(...scan.found);
    errors.push(...scan.errors);
  }
  return { found, undecided: withoutEchoes(undecided), errors };
}

function* hitsOf(
  rule: Rule,
  inventory: NodeInventory,
  evidence: NodeEvidence,
  { scene }: ScanContext,
): Iterable<Hit | Unknowable> {
  yield* rule.node?.(inventory, scene) ?? [];
  yield* rule.evidence?.(evidence, inventory, scene) ?? [];
}

function foundOf(rule: Rule, hit: Hit, node: ObjectRef, annotations: Readonly<Record<string, string>>): Found {
  const suppressed = suppressionOf(rule.id, [annotations], liveSource(undefined), undefined);
  return {
    ruleId: rule.id,
    severity: hit.severity ?? rule.severity,
    confidence: hit.confidence ?? 'definite',
    message: maskSecrets(hit.message),
    object: hit.object ?? node,
    ...(hit.container === undefined ? {} : { container: hit.container }),
    evidence: maskSecrets(hit.evidence ?? ''),
    fix: hit.fix ?? rule.fix,
    ...(suppressed === undefined ? {} : { suppressed }),
  };
}

/** Each file once, by its path; `/lib` is `/usr/lib` where both have the same. */
function textsOf({ files }: NodeInventory, evidence: NodeEvidence): Map<string, string> {
  const texts = new Map<string, string>();
  const seen = new Set<string>();
  const take = (path: string, { exists, content, sha256 }: FileFacts): void => {
    const key = `${path.replace(/^\/usr(?=\/lib\/)/, '')} ${sha256}`;
    if (!exists || seen.has(key)) return;
    seen.add(key);
    texts.set(path, maskSecrets(content));
  };
  for (const fact of [files, evidence.files]) {
    if (fact.known) for (const [path, file] of Object.entries(fact.value)) take(path, file);
  }
  return texts;
}

/** What several rules could not look at for the same reason is one gap: a node that is out of reach. */
function withoutEchoes(undecided: readonly ScanUndecided[]): ScanUndecided[] {
  const gaps = new Map<string, ScanUndecided>();
  for (const gap of undecided) {
    const { subject, why } = gap;
    gaps.set(why, gaps.has(why) ? { subject, why } : gap);
  }
  return [...gaps.values()];
}
