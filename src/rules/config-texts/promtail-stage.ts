import type { LogParser } from './log-parser.js';
import { LOG_PARSER_FIXES as fixes } from './log-parser-fixes.js';
import { isMapping } from './mapping.js';
import type { ValueNode } from './value-node.js';

const STAGES: ReadonlySet<string | number | undefined> = new Set(['pipeline_stages', 'pipelineStages', 'stages']);

/** The stage docker of Promtail, Grafana Agent and their charts, in a pipeline without a stage cri. */
export function promtailStage(node: ValueNode): LogParser | undefined {
  if (node.value !== null && !isMapping(node.value)) return undefined;
  if (!STAGES.has(node.parent?.parent?.key)) return undefined;
  for (let up = node.parent?.parent; up !== undefined; up = up.parent) {
    if (STAGES.has(up.key) && Array.isArray(up.value) && up.value.some((stage) => isMapping(stage) && 'cri' in stage))
      return undefined;
  }
  return { at: { path: node.path, key: true }, what: "Promtail's stage docker", fix: fixes.promtail };
}
