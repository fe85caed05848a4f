import { isContainerLogPath } from './container-log-path.js';
import { fluentBitLogParsers } from './fluent-bit-log-parsers.js';
import { fluentdLogParsers } from './fluentd-log-parsers.js';
import { LOG_PARSER_FIXES as fixes } from './log-parser-fixes.js';
import type { TextStretch } from './text-stretch.js';

export interface LogParserStretch extends TextStretch {
  /** To begin a sentence. */
  readonly what: string;
  readonly fix: string;
}

/** Readers of container logs that know Docker's format alone, in languages that are no YAML, JSON or TOML; comments are blanked. */
export function* logParsersInText(text: string): Iterable<LogParserStretch> {
  for (const { offset, length } of fluentdLogParsers(text)) {
    yield { offset, length, what: "fluentd's json parser on container logs", fix: fixes.fluentd };
  }
  for (const { offset, length } of fluentBitLogParsers(text)) {
    yield { offset, length, what: "A Fluent Bit input with Docker's parser", fix: fixes.fluentBit };
  }
  yield* alloyStages(text);
  yield* logstashFiles(text);
}

/** Grafana Alloy, and Grafana Agent in flow mode. */
function* alloyStages(text: string): Iterable<LogParserStretch> {
  if (/\bstage\.cri\s*\{/.test(text)) return;
  for (const match of text.matchAll(/\bstage\.docker\s*\{/g)) {
    yield {
      offset: match.index,
      length: 'stage.docker'.length,
      what: "Grafana Alloy's stage.docker",
      fix: fixes.alloy,
    };
  }
}

function* logstashFiles(text: string): Iterable<LogParserStretch> {
  for (const match of text.matchAll(/\bfile\s*\{([^{}]*)\}/g)) {
    const settings = match[1] ?? '';
    const codec = /\bcodec\s*=>\s*"?json\b/.exec(settings);
    if (codec === null || !/\bpath\s*=>/.test(settings) || !isContainerLogPath(settings)) continue;
    const offset = match.index + match[0].indexOf(codec[0]);
    yield {
      offset,
      length: codec[0].length,
      what: 'A Logstash input that reads container logs as JSON',
      fix: fixes.logstash,
    };
  }
}
