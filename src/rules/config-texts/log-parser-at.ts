import { collectorLogParser } from './collector-log-parser.js';
import { filebeatLogParser } from './filebeat-log-parser.js';
import { fluentBitTail } from './fluent-bit-tail.js';
import type { LogParser } from './log-parser.js';
import { promtailStage } from './promtail-stage.js';
import type { ValueNode } from './value-node.js';
import { vectorLogParser } from './vector-log-parser.js';

/** The reader of container logs that this value sets up for Docker's format alone, in configuration that is YAML, JSON or TOML. */
export function logParserAt(node: ValueNode): LogParser | undefined {
  if (node.key === 'docker') return promtailStage(node);
  return filebeatLogParser(node) ?? fluentBitTail(node) ?? collectorLogParser(node) ?? vectorLogParser(node);
}
