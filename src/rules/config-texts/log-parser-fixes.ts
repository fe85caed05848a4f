/** What to write instead, by the product whose configuration it is. */
export const LOG_PARSER_FIXES = {
  fluentd:
    'In <parse> use `@type cri` (fluent-plugin-parser-cri), or multi_format with a json pattern and a CRI one while nodes of both kinds run.',
  fluentBit: 'Set `multiline.parser docker, cri` and drop Parser and Docker_Mode.',
  promtail: 'Replace the stage `docker: {}` with `cri: {}`.',
  alloy: 'Replace `stage.docker {}` with `stage.cri {}`.',
  filebeatDocker:
    'Use `type: filestream` with the parser `container: ~` (before 7.16: `type: container`) and the path /var/log/containers/*.log; both read either format.',
  filebeatJson:
    'Add the parser `container: ~` before ndjson, or use `type: container`; then parse JSON in the field message.',
  filebeatFormat: 'Set `format: auto` or drop the setting.',
  collector: 'Use the operator `type: container`, which recognises docker, containerd and crio lines.',
  collectorChart: 'Drop containerRuntime or set it to containerd (cri-o for CRI-O).',
  splunkConnect:
    'Set `logFormatType: cri`; better, move to splunk-otel-collector, for Splunk Connect is no longer maintained.',
  vector: 'Use the kubernetes_logs source, which reads both formats, instead of file and a JSON parser.',
  logstash:
    'Drop the json codec and match `%{TIMESTAMP_ISO8601:time} %{WORD:stream} %{WORD:tag} %{GREEDYDATA:log}` with grok.',
} as const;
