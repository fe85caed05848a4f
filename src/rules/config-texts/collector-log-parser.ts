import { hasContainerLogs } from './has-container-logs.js';
import type { LogParser } from './log-parser.js';
import { LOG_PARSER_FIXES as fixes } from './log-parser-fixes.js';
import { isMapping, type Mapping } from '../../manifests/mapping.js';
import { namedAbove } from './named-above.js';
import type { ValueNode } from './value-node.js';

/** Collection of logs by the OpenTelemetry Collector, Splunk's charts among it, that knows Docker's format alone. */
export function collectorLogParser(node: ValueNode): LogParser | undefined {
  const { key, value } = node;
  if (isMapping(value)) return /^filelog(?:\/|$)/.test(String(key)) ? jsonFiles(node, value) : undefined;
  const [above] = namedAbove(node);
  const at = (): LogParser['at'] => ({ path: node.path });
  if (key === 'format' && value === 'docker' && above === 'operators') {
    return { at: at(), what: "The Collector's container operator with format docker", fix: fixes.collector };
  }
  if (above !== 'containers') return undefined;
  if (key === 'logFormatType' && value === 'json') {
    return { at: at(), what: 'Splunk Connect with logFormatType json', fix: fixes.splunkConnect };
  }
  if (key !== 'containerRuntime' || value !== 'docker') return undefined;
  return { at: at(), what: "The Collector chart's log collection for docker", fix: fixes.collectorChart };
}

/** A JSON operator, and none that knows CRI lines. */
function jsonFiles(node: ValueNode, receiver: Mapping): LogParser | undefined {
  if (!hasContainerLogs(receiver.include) || !Array.isArray(receiver.operators)) return undefined;
  const types = receiver.operators.map((operator: unknown) => (isMapping(operator) ? operator.type : undefined));
  const json = types.indexOf('json_parser');
  if (json === -1 || types.some((type) => type === 'container' || type === 'regex_parser' || type === 'router')) {
    return undefined;
  }
  return {
    at: { path: [...node.path, 'operators', json, 'type'] },
    what: 'A filelog receiver that reads container logs as JSON',
    fix: fixes.collector,
  };
}
