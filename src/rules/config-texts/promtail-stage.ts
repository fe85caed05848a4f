import type { LogParser } from './log-parser.js';
import { LOG_PARSER_FIXES as fixes } from './log-parser-fixes.js';
import { isMapping } from '../../manifests/mapping.js';
import type { ValueNode } from './value-node.js';

const STAGES: ReadonlySet<string | number | undefined> = new Set(['pipeline_stages', 'pipelineStages', 'stages']);

/** The stage docker of Promtail, Grafana Agent and their charts, in a pipeline without a stage cri. */
export function promtailStage(node: ValueNode): LogParser | undefined {
  if (node.value !== null && !isMapping(node.value)) return undefined;
  if (!STAGES.has(node.parent?.parent?.key)) return undefined;
  for (let up = node.parent?.parent; up !== undefined; up = up.parent) {
    if (STAGES.has(up.key) && hasCri(up.value)) return undefined;
  }
  return { at: { path: node.path, key: true }, what: "Promtail's stage docker", fix: fixes.promtail };
}

/** Among the stages, or in those of a `match` beside it, which tells the formats apart. */
function hasCri(stages: unknown, depth = 0): boolean {
  if (!Array.isArray(stages) || depth > 8) return false;
  return stages.some((stage: unknown) => {
    if (!isMapping(stage)) return false;
    return 'cri' in stage || (isMapping(stage.match) && hasCri(stage.match.stages, depth + 1));
  });
}
