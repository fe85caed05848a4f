import type { DockerModule } from './docker-module.js';

/** What may stand in a configuration, by a name of ours; the places where they stand are told by those who read it. */
export const DOCKER_MODULES = {
  metricbeat: {
    what: "Metricbeat's docker module",
    fix: 'Remove the module; take container metrics from the kubernetes module (metricsets container, pod, node) or from the containerd module.',
  },
  elasticAgent: {
    what: "Elastic Agent's docker input",
    fix: 'Remove the input and use the Kubernetes integration (kubernetes/metrics with the container and pod data sets).',
  },
  beatsAutodiscover: {
    what: "The docker provider of Beats' autodiscover",
    fix: 'Use the kubernetes provider: `type: kubernetes`, `node: ${NODE_NAME}`, with the same hints or templates.',
  },
  beatsProcessor: {
    what: 'The processor add_docker_metadata',
    fix: 'Replace it with add_kubernetes_metadata; without a Docker socket it adds nothing.',
    severity: 'warning',
  },
  telegraf: {
    what: "Telegraf's docker input",
    fix: 'Replace it with inputs.kubernetes (kubelet) or inputs.prometheus on the kubelet, and inputs.docker_log with inputs.tail on /var/log/containers.',
  },
  collectorReceiver: {
    what: "The OpenTelemetry Collector's docker_stats receiver",
    fix: 'Replace it with the kubeletstats receiver.',
  },
  collectorObserver: {
    what: "The OpenTelemetry Collector's docker_observer",
    fix: 'Replace it with k8s_observer and kubelet-side receivers.',
  },
  collectorDetector: {
    what: 'The resource detector `docker`',
    fix: 'Take `docker` from the list of detectors; use k8snode or env for the host.',
    severity: 'warning',
  },
  signalFx: {
    what: 'The SignalFx monitor for docker-container-stats',
    fix: 'Remove the monitor and enable kubelet-metrics, or move to splunk-otel-collector.',
  },
  vector: {
    what: "Vector's docker_logs source",
    fix: 'Replace it with the kubernetes_logs source.',
  },
  serviceDiscovery: {
    what: 'Service discovery by docker_sd_configs',
    fix: 'Use kubernetes_sd_configs (role pod), with __path__ on /var/log/pods for promtail.',
  },
  datadogListener: {
    what: "The Datadog Agent's docker listener or provider",
    fix: 'Use the kubelet listener and provider; Agent 7.27 and later find containerd by themselves, or set DD_CRI_SOCKET_PATH.',
    severity: 'warning',
  },
  datadogCheck: {
    what: "The Datadog Agent's docker check",
    fix: 'Replace it with the container and containerd checks (metric names change from docker.* to container.* and containerd.*).',
  },
  newRelic: {
    what: "New Relic's nri-docker integration",
    fix: 'Use nri-kubernetes, and an infrastructure agent of 1.42 or later, which reads containerd.',
  },
  sumo: {
    what: 'A Sumo Logic Docker source',
    fix: "Use Sumo Logic's Kubernetes collection, which reads /var/log/pods and the kubelet.",
  },
  zabbix: {
    what: "Zabbix agent 2's docker plugin",
    fix: 'Remove the plugin and its template; use the templates Kubernetes nodes and Kubernetes kubelet by HTTP.',
  },
  collectd: {
    what: "collectd's docker plugin",
    fix: "Remove the plugin and scrape the kubelet's /metrics/cadvisor with a Prometheus-style collector instead.",
  },
  dockerProvider: {
    what: 'A docker provider',
    fix: "Use the product's Kubernetes provider (Traefik: kubernetesCRD or kubernetesIngress; Diun: kubernetes).",
  },
  argoExecutor: {
    what: "Argo Workflows' executor docker",
    fix: 'Set containerRuntimeExecutor to emissary (pns or k8sapi before 3.1), or drop the setting: from 3.4 on there is emissary only.',
  },
  fluentBit: {
    what: "Fluent Bit's input docker",
    fix: 'Remove it; take metrics from the kubelet and events from the kubernetes_events input.',
  },
  fluentd: {
    what: 'A fluentd plugin that asks dockerd for metadata',
    fix: 'Replace it with the filter kubernetes_metadata.',
  },
  alloy: {
    what: "Grafana Alloy's component for Docker",
    fix: 'Use discovery.kubernetes with loki.source.kubernetes, or loki.source.file on /var/log/pods.',
  },
} as const satisfies Readonly<Record<string, DockerModule>>;
