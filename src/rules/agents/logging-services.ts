import type { Agent } from './agent.js';

const KUBERNETES_LOGGING = 'https://kubernetes.io/docs/concepts/cluster-administration/logging/';

export const loggingServices: readonly Agent[] = [
  {
    id: 'splunk-connect',
    product: 'Splunk Connect for Kubernetes',
    images: ['splunk/fluentd-hec', 'fluentd-hec'],
    words: ['fluentd-hec'],
    dependency:
      "by its chart's defaults parses container logs as Docker's JSON and reads the journal of docker.service",
    advice:
      'Set logging.containers.logFormatType to cri in its chart. The product has reached its end: its successor is the Splunk distribution of ' +
      'the OpenTelemetry Collector.',
    links: ['https://github.com/splunk/splunk-connect-for-kubernetes'],
  },
  {
    id: 'rapid7-insightops',
    product: "Rapid7's (Logentries') Docker log collector",
    images: ['logentries/docker-logentries', 'rapid7/r7insight_docker', 'r7insight_docker'],
    words: ['docker-logentries', 'r7insight'],
    dependency: 'follows logs and events through the Docker socket and has no other way',
    advice:
      'Replace it with a collector that tails /var/log/containers, such as Fluent Bit, and forward to Rapid7 from there.',
    dockerOnly: true,
    links: [KUBERNETES_LOGGING],
  },
  {
    id: 'sumologic-docker',
    product: 'the Sumo Logic collector',
    images: ['sumologic/collector', 'sumologic/fluentd-kubernetes-sumologic'],
    words: ['sumologic'],
    dependency: "takes logs from the Docker socket, or parses container logs as Docker's JSON",
    advice: "Replace it with the vendor's chart sumologic-kubernetes-collection, which reads the logs of any runtime.",
    links: ['https://github.com/SumoLogic/sumologic-kubernetes-collection'],
  },
  {
    id: 'sematext-agent-docker',
    product: 'the Sematext agent for Docker',
    images: ['sematext/sematext-agent-docker'],
    words: ['sematext-agent-docker'],
    dependency: 'takes metrics, events and logs from the Docker socket and has no other way',
    advice: "Replace it with the vendor's agents for Kubernetes, sematext/agent and sematext/logagent.",
    dockerOnly: true,
    links: ['https://sematext.com/docs/agents/sematext-agent/kubernetes/installation/'],
  },
  {
    id: 'sematext-logagent',
    product: 'the Sematext Logagent',
    images: ['sematext/logagent', 'sematext/agent'],
    dependency: 'takes logs from the Docker socket where it is mounted',
    advice:
      "Install it by the vendor's chart for Kubernetes, which names the runtime, and drop the mount of the Docker socket.",
    whenConfigured: true,
    links: ['https://sematext.com/docs/logagent/installation-docker/'],
  },
  {
    id: 'logdna-agent',
    product: 'the LogDNA (Mezmo) agent',
    images: ['logdna/logdna-agent', 'logdna-agent'],
    dependency: 'follows the links in /var/log/containers into /var/lib/docker/containers',
    advice:
      "Use the vendor's current agent for Kubernetes (version 2 or later), mount /var/log, and drop /var/lib/docker/containers.",
    whenConfigured: true,
    links: ['https://github.com/logdna/logdna-agent-v2'],
  },
  {
    id: 'logzio-docker-collector',
    product: "Logz.io's Docker collector",
    images: ['logzio/docker-collector-logs', 'logzio/docker-collector-metrics', 'logzio/logzio-docker'],
    words: ['docker-collector', 'logzio-docker'],
    dependency: 'takes logs and metrics from the Docker socket and /var/lib/docker/containers',
    advice: "Replace it with the vendor's collector for Kubernetes (chart logzio-monitoring).",
    dockerOnly: true,
    links: ['https://github.com/logzio/logzio-helm'],
  },
  {
    id: 'coscale',
    product: 'the CoScale agent',
    images: ['coscale/coscale-agent', 'coscale/agent'],
    words: ['coscale'],
    dependency: 'takes containers and metrics from the Docker socket',
    advice: 'Replace it: the product is no longer maintained.',
    dockerOnly: true,
    links: [KUBERNETES_LOGGING],
  },
];
