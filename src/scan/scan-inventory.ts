import type { ObjectRef } from '../core/finding.js';
import type { NodeInventory } from '../core/inventory.js';
import type { ScanError, ScanUndecided } from '../core/scan-report.js';
import type { Found } from './found.js';
import type { ScanContext } from './scan-context.js';
import { scanText } from './scan-file.js';

export interface InventoryScan {
  readonly found: readonly Found[];
  readonly undecided: readonly ScanUndecided[];
  readonly errors: readonly ScanError[];
}

/** Scans what is known of a node: its facts, and its configuration files as files of any other place. */
export function scanInventory(inventory: NodeInventory, context: ScanContext): InventoryScan {
  const node: ObjectRef = { kind: 'Node', name: inventory.name };
  const found: Found[] = [];
  const undecided: ScanUndecided[] = [];
  const errors: ScanError[] = [];

  for (const rule of context.rules) {
    for (const hit of rule.node?.(inventory, context.scene) ?? []) {
      if ('undecided' in hit) {
        undecided.push({ ruleId: rule.id, subject: `node ${inventory.name}`, why: hit.undecided });
        continue;
      }
      found.push({
        ruleId: rule.id,
        severity: hit.severity ?? rule.severity,
        confidence: hit.confidence ?? 'definite',
        message: hit.message,
        object: node,
        ...(hit.container === undefined ? {} : { container: hit.container }),
        evidence: hit.evidence ?? '',
        fix: hit.fix ?? rule.fix,
      });
    }
  }

  if (!inventory.files.known) undecided.push({ subject: `files of node ${inventory.name}`, why: inventory.files.why });
  else {
    for (const [path, { exists, content }] of Object.entries(inventory.files.value)) {
      if (!exists) continue;
      const scan = scanText(`${inventory.name}:${path}`, content, context, node);
      found.push(...scan.found);
      errors.push(...scan.errors);
    }
  }
  return { found, undecided, errors };
}
