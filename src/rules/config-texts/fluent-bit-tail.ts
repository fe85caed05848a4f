import { isContainerLogPath } from './container-log-path.js';
import type { LogParser } from './log-parser.js';
import { LOG_PARSER_FIXES as fixes } from './log-parser-fixes.js';
import { isMapping, type Mapping } from '../../manifests/mapping.js';
import type { ValueNode } from './value-node.js';

/** A tail input with Docker's parser, in Fluent Bit's YAML, in Fluent Operator's and the Logging operator's objects, and in values. */
export function fluentBitTail(node: ValueNode): LogParser | undefined {
  const settings = node.value;
  if (!isMapping(settings)) return undefined;
  const isTail =
    /^(?:tail|inputTail|input_tail)$/.test(String(node.key)) ||
    (typeof settings.name === 'string' && settings.name.toLowerCase() === 'tail');
  if (!isTail) return undefined;
  const named = new Map(Object.keys(settings).map((key) => [key.toLowerCase().replace(/[._]/g, ''), key]));
  const of = (name: string): unknown => settings[named.get(name) ?? ''];
  if (of('multilineparser') !== undefined && /cri/i.test(String(of('multilineparser')))) return undefined;
  const path = of('path');
  if (typeof path === 'string' && !isContainerLogPath(path)) return undefined;
  if (allAbove(node).some((up) => up.enableDockerParserCompatibilityForCRI === true)) return undefined;
  const found = { what: "A Fluent Bit input with Docker's parser", fix: fixes.fluentBit };
  const parser = of('parser');
  if (parser === 'docker' || (parser === 'json' && typeof path === 'string')) {
    return { at: { path: [...node.path, named.get('parser') ?? 'parser'] }, ...found };
  }
  if (parser === undefined && of('multilineparser') === 'docker') {
    return { at: { path: [...node.path, named.get('multilineparser') ?? ''] }, ...found };
  }
  return parser === undefined && /^(?:on|true|yes)$/i.test(String(of('dockermode')))
    ? { at: { path: [...node.path, named.get('dockermode') ?? ''] }, ...found }
    : undefined;
}

function allAbove(node: ValueNode): Mapping[] {
  const found: Mapping[] = [];
  for (let up: ValueNode | undefined = node; up !== undefined; up = up.parent)
    if (isMapping(up.value)) found.push(up.value);
  return found;
}
