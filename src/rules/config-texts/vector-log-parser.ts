import { hasContainerLogs } from './has-container-logs.js';
import type { LogParser } from './log-parser.js';
import { LOG_PARSER_FIXES as fixes } from './log-parser-fixes.js';
import { isMapping, type Mapping } from '../../manifests/mapping.js';
import type { ValueNode } from './value-node.js';

/** Vector: a file source on container logs whose events go straight into a JSON parser. */
export function vectorLogParser(node: ValueNode): LogParser | undefined {
  if (!isMapping(node.value)) return undefined;
  const { sources, transforms } = node.value;
  if (!isMapping(sources) || !isMapping(transforms)) return undefined;
  const files = Object.entries(sources).flatMap(([name, source]) =>
    isMapping(source) && source.type === 'file' && hasContainerLogs(source.include) ? [name] : [],
  );
  for (const [name, transform] of Object.entries(transforms)) {
    if (!isMapping(transform) || !Array.isArray(transform.inputs)) continue;
    const inputs: readonly unknown[] = transform.inputs;
    if (!files.some((file) => inputs.includes(file)) || !parsesJson(transform)) continue;
    return {
      at: { path: [...node.path, 'transforms', name], key: true },
      what: 'A Vector transform that reads container logs as JSON',
      fix: fixes.vector,
    };
  }
  return undefined;
}

function parsesJson({ type, source }: Mapping): boolean {
  if (type === 'json_parser') return true;
  return (
    type === 'remap' &&
    typeof source === 'string' &&
    source.includes('parse_json') &&
    !/parse_(?:regex|cri|grok)|stdout/.test(source)
  );
}
