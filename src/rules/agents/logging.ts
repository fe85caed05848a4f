import type { Agent } from './agent.js';
import { envOf } from './env-of.js';

export const logging: readonly Agent[] = [
  {
    id: 'fluentd-kubernetes-daemonset',
    product: 'the Fluentd DaemonSet image',
    images: ['fluent/fluentd-kubernetes-daemonset', 'fluentd-kubernetes-daemonset'],
    words: ['fluentd-kubernetes-daemonset'],
    dependency: "parses container logs as Docker's JSON unless told otherwise",
    advice:
      'Set FLUENT_CONTAINER_TAIL_PARSER_TYPE to cri and FLUENT_CONTAINER_TAIL_PARSER_TIME_FORMAT to %Y-%m-%dT%H:%M:%S.%N%:z, with an image of ' +
      'v1.12 or later, which brings the cri parser. Mount /var/log, and drop /var/lib/docker/containers.',
    configuredForCri: (container) => {
      const type = envOf(container, 'FLUENT_CONTAINER_TAIL_PARSER_TYPE');
      return type !== undefined && !/^(?:json.*)?$/.test(type.trim());
    },
    links: ['https://github.com/fluent/fluentd-kubernetes-daemonset#use-cri-parser-for-containerdcri-o-logs'],
  },
  {
    id: 'fluentd',
    product: 'Fluentd',
    images: [
      'fluent/fluentd',
      'bitnami/fluentd',
      'fluentd-elasticsearch',
      'fluentd-elasticsearch/fluentd',
      'fluentd_elasticsearch/fluentd',
      'fluentd-gcp',
      'stackdriver-logging-agent',
      'sumologic/kubernetes-fluentd',
      'logzio/logzio-fluentd',
    ],
    dependency: "parses container logs as Docker's JSON where its configuration says so",
    advice:
      'Parse /var/log/containers with the cri parser, or multi_format with cri and json while both runtimes are in use. Mount /var/log, and ' +
      'drop /var/lib/docker/containers.',
    whenConfigured: true,
    links: ['https://github.com/fluent/fluent-plugin-parser-cri'],
  },
  {
    id: 'fluent-bit',
    product: 'Fluent Bit',
    images: ['fluent/fluent-bit', 'fluent-bit', 'aws-for-fluent-bit', 'newrelic/newrelic-fluentbit-output'],
    dependency: "parses container logs as Docker's JSON where its configuration says so",
    advice:
      'Give the tail input "multiline.parser docker, cri" in place of "Parser docker" and "Docker_Mode On". Mount /var/log, and drop ' +
      '/var/lib/docker/containers.',
    whenConfigured: true,
    links: ['https://docs.fluentbit.io/manual/installation/kubernetes'],
  },
  {
    id: 'elastic-beats',
    product: "Elastic's Filebeat, Metricbeat or Elastic Agent",
    images: [
      'filebeat',
      'metricbeat',
      'auditbeat',
      'beats/heartbeat',
      'packetbeat',
      'elastic-agent',
      'elastic-agent-complete',
    ],
    dependency: 'talks to Docker where its docker input, module, autodiscover provider or add_docker_metadata is used',
    advice:
      'Use the inputs container or filestream with the container parser on /var/log/containers, the kubernetes autodiscover provider and ' +
      'add_kubernetes_metadata. Drop the docker module and the mounts of the Docker socket and of /var/lib/docker/containers.',
    whenConfigured: true,
    links: ['https://www.elastic.co/docs/reference/beats/filebeat/running-on-kubernetes'],
  },
  {
    id: 'grafana-agents',
    product: "Grafana's Promtail, Agent or Alloy",
    images: ['grafana/promtail', 'promtail', 'grafana/agent', 'grafana/alloy'],
    dependency: "parses container logs as Docker's JSON where a pipeline has the stage docker",
    advice:
      'Replace the stage docker by cri (the chart promtail does so from 3.0.0 on), and docker_sd_configs by kubernetes_sd_configs.',
    whenConfigured: true,
    links: ['https://grafana.com/docs/loki/latest/send-data/promtail/stages/cri/'],
  },
  {
    id: 'vector',
    product: 'Vector',
    images: ['timberio/vector'],
    dependency: 'takes logs from Docker where the source docker_logs is used',
    advice: 'Replace the source docker_logs by kubernetes_logs, which reads the logs of any runtime.',
    whenConfigured: true,
    links: ['https://vector.dev/docs/reference/configuration/sources/kubernetes_logs/'],
  },
  {
    id: 'logspout',
    product: 'Logspout',
    images: ['gliderlabs/logspout', 'logspout', 'logspout-logstash', 'bekt/logspout-logstash'],
    words: ['logspout'],
    dependency: 'follows logs through the Docker socket and has no other way',
    advice: 'Replace it with a collector that tails /var/log/containers, such as Fluent Bit.',
    dockerOnly: true,
    links: ['https://github.com/gliderlabs/logspout'],
  },
];
