import { isContainerLogPath } from './container-log-path.js';
import type { LogParser } from './log-parser.js';
import { LOG_PARSER_FIXES as fixes } from './log-parser-fixes.js';
import { isMapping, type Mapping } from './mapping.js';
import { namedAbove } from './named-above.js';
import { settingOf } from './setting-of.js';
import type { ValueNode } from './value-node.js';

/** The reader of container logs that this value sets up for Docker's format alone, in configuration that is YAML, JSON or TOML. */
export function logParserAt(node: ValueNode): LogParser | undefined {
  switch (node.key) {
    case 'docker':
      return promtailStage(node);
    case 'type':
      return node.value === 'docker' ? filebeatDocker(node) : undefined;
    case 'format':
      return node.value === 'docker' ? forcedFormat(node) : undefined;
    case 'logFormatType':
      return node.value === 'json' && namedAbove(node)[0] === 'containers'
        ? { at: { path: node.path }, what: 'Splunk Connect with logFormatType json', fix: fixes.splunkConnect }
        : undefined;
    case 'containerRuntime':
      return node.value === 'docker' && namedAbove(node)[0] === 'containers'
        ? {
            at: { path: node.path },
            what: "The Collector chart's log collection for docker",
            fix: fixes.collectorChart,
          }
        : undefined;
    default:
      break;
  }
  if (!isMapping(node.value)) return undefined;
  return (
    fluentBitTail(node, node.value) ??
    filebeatJson(node, node.value) ??
    collectorFiles(node, node.value) ??
    vectorFiles(node, node.value)
  );
}

const STAGES: ReadonlySet<string | number | undefined> = new Set(['pipeline_stages', 'pipelineStages', 'stages']);

/** Promtail, Grafana Agent and their charts. */
function promtailStage(node: ValueNode): LogParser | undefined {
  if (node.value !== null && !isMapping(node.value)) return undefined;
  if (!STAGES.has(node.parent?.parent?.key)) return undefined;
  for (let up = node.parent?.parent; up !== undefined; up = up.parent) {
    if (STAGES.has(up.key) && Array.isArray(up.value) && up.value.some((stage) => isMapping(stage) && 'cri' in stage))
      return undefined;
  }
  return { at: { path: node.path, key: true }, what: "Promtail's stage docker", fix: fixes.promtail };
}

const BEATS_INPUTS: ReadonlySet<string> = new Set(['filebeat.inputs', 'filebeat.prospectors', 'inputs', 'prospectors']);

function filebeatDocker(node: ValueNode): LogParser | undefined {
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

/** `format: docker` of Filebeat's container parser or input, or of the Collector's container operator. */
function forcedFormat(node: ValueNode): LogParser | undefined {
  const settings = node.parent?.value;
  if (!isMapping(settings)) return undefined;
  const [above] = namedAbove(node);
  if (settings.type === 'container' && above === 'operators') {
    return {
      at: { path: node.path },
      what: "The Collector's container operator with format docker",
      fix: fixes.collector,
    };
  }
  return settings.type === 'container' || above === 'container'
    ? { at: { path: node.path }, what: "Filebeat's container parser with format docker", fix: fixes.filebeatFormat }
    : undefined;
}

/** A log or filestream input on container logs that takes each line for JSON. */
function filebeatJson(node: ValueNode, input: Mapping): LogParser | undefined {
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

/** A tail input in Fluent Bit's YAML, in Fluent Operator's and the Logging operator's objects, and in values. */
function fluentBitTail(node: ValueNode, settings: Mapping): LogParser | undefined {
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

/** The Collector's filelog receiver with a JSON operator and none that knows CRI lines. */
function collectorFiles(node: ValueNode, receiver: Mapping): LogParser | undefined {
  if (
    !/^filelog(?:\/|$)/.test(String(node.key)) ||
    !hasContainerLogs(receiver.include) ||
    !Array.isArray(receiver.operators)
  )
    return undefined;
  const types = receiver.operators.map((operator: unknown) => (isMapping(operator) ? operator.type : undefined));
  const json = types.indexOf('json_parser');
  if (json === -1 || types.some((type) => type === 'container' || type === 'regex_parser' || type === 'router'))
    return undefined;
  return {
    at: { path: [...node.path, 'operators', json, 'type'] },
    what: 'A filelog receiver that reads container logs as JSON',
    fix: fixes.collector,
  };
}

/** Vector: a file source on container logs whose events go straight into a JSON parser. */
function vectorFiles(node: ValueNode, config: Mapping): LogParser | undefined {
  const { sources, transforms } = config;
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

function hasContainerLogs(paths: unknown): boolean {
  const list: readonly unknown[] = Array.isArray(paths) ? paths : [paths];
  return list.some((path) => typeof path === 'string' && isContainerLogPath(path));
}

function allAbove(node: ValueNode): Mapping[] {
  const found: Mapping[] = [];
  for (let up: ValueNode | undefined = node; up !== undefined; up = up.parent)
    if (isMapping(up.value)) found.push(up.value);
  return found;
}
