import { hasContainerLogs } from './has-container-logs.js';
import type { LogParser } from './log-parser.js';
import { LOG_PARSER_FIXES as fixes } from './log-parser-fixes.js';
import { isMapping, type Mapping } from '../../manifests/mapping.js';
import { namedAbove } from './named-above.js';
import { settingOf } from './setting-of.js';
import type { ValueNode } from './value-node.js';

/** A Filebeat input that reads Docker's format alone: the input docker, a parser told to, or lines taken for JSON. */
export function filebeatLogParser(node: ValueNode): LogParser | undefined {
  if (node.value === 'docker') {
    if (node.key === 'type') return dockerInput(node);
    return node.key === 'format' ? forcedFormat(node) : undefined;
  }
  return isMapping(node.value) ? jsonInput(node, node.value) : undefined;
}

const BEATS_INPUTS: ReadonlySet<string> = new Set(['filebeat.inputs', 'filebeat.prospectors', 'inputs', 'prospectors']);

function dockerInput(node: ValueNode): LogParser | undefined {
  const above = namedAbove(node);
  const input = node.parent?.value;
  if (above[0] === 'providers' || !isMapping(input)) return undefined;
  const isInput =
    (typeof node.parent?.key === 'number' && BEATS_INPUTS.has(above[0] ?? '')) ||
    ['containers.ids', 'containers.path', 'containers.stream'].some((name) => settingOf(input, name) !== undefined) ||
    (/^(?:config|hints\.default_config|default_config)$/.test(above[0] ?? '') &&
      above.some((name) => /autodiscover|filebeat|hints/.test(name)));
  return isInput ? { at: { path: node.path }, what: "Filebeat's input docker", fix: fixes.filebeatDocker } : undefined;
}

function forcedFormat(node: ValueNode): LogParser | undefined {
  const settings = node.parent?.value;
  const [above] = namedAbove(node);
  if (!isMapping(settings) || above === 'operators') return undefined;
  return settings.type === 'container' || above === 'container'
    ? { at: { path: node.path }, what: "Filebeat's container parser with format docker", fix: fixes.filebeatFormat }
    : undefined;
}

/** A log or filestream input on container logs that takes each line for JSON. */
function jsonInput(node: ValueNode, input: Mapping): LogParser | undefined {
  const type = input.type;
  if ((type !== 'log' && type !== 'filestream') || !hasContainerLogs(input.paths)) return undefined;
  const parsers = Array.isArray(input.parsers) ? input.parsers.filter(isMapping) : [];
  if (parsers.some((parser) => 'container' in parser)) return undefined;
  const found = { what: 'A Filebeat input that reads container logs as JSON', fix: fixes.filebeatJson };
  const ndjson = parsers.findIndex((parser) => 'ndjson' in parser);
  if (ndjson !== -1) return { at: { path: [...node.path, 'parsers'], key: true }, ...found };
  const key = Object.keys(input).find((name) => name === 'json' || name.startsWith('json.'));
  return type === 'log' && key !== undefined ? { at: { path: [...node.path, key], key: true }, ...found } : undefined;
}
