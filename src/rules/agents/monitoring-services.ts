import type { Agent } from './agent.js';
import { envOf } from './env-of.js';

const KUBERNETES_PAGE =
  'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/migrating-telemetry-and-security-agents/';

export const monitoringServices: readonly Agent[] = [
  {
    id: 'datadog-agent',
    product: 'the Datadog Agent',
    images: ['datadog/agent', 'datadoghq/agent', 'datadog/datadog-agent'],
    words: ['datadog/', 'datadoghq'],
    dependency: 'takes containers, events and metrics from the Docker socket unless a CRI socket is configured',
    advice:
      'For an earlier version set DD_CRI_SOCKET_PATH (in the chart: datadog.criSocketPath) and mount that socket. Drop DOCKER_HOST and ' +
      'the mounts of the Docker socket and of /var/lib/docker, mount /var/log/pods, and expect docker.* metrics to become containerd.* ones.',
    since: { version: '7.27', changes: 'From 7.27 on the Datadog Agent detects the container runtime by itself.' },
    configuredForCri: (container) => {
      const socket = envOf(container, 'DD_CRI_SOCKET_PATH');
      return socket !== undefined && !socket.includes('docker');
    },
    links: ['https://docs.datadoghq.com/containers/guide/docker-deprecation/', KUBERNETES_PAGE],
  },
  {
    id: 'datadog-docker-dd-agent',
    product: 'the Datadog Agent 5 for Docker',
    images: ['datadog/docker-dd-agent', 'docker-dd-agent'],
    words: ['docker-dd-agent'],
    dependency: 'takes everything from the Docker socket',
    advice:
      'Replace it with the Datadog Agent 7 (datadog/agent 7.27 or later), which detects the container runtime by itself.',
    dockerOnly: true,
    links: ['https://docs.datadoghq.com/containers/guide/docker-deprecation/'],
  },
  {
    id: 'dynatrace-oneagent',
    product: 'Dynatrace OneAgent',
    images: [
      'dynatrace/oneagent',
      'dynatrace/dynatrace-oneagent',
      'dynatrace/dynatrace-oneagent-operator',
      'dynatrace-oneagent-operator',
      'linux/oneagent',
    ],
    words: ['oneagent'],
    dependency: 'reports other metrics for containerd and CRI-O than for Docker, and knows them in newer versions only',
    advice:
      'Bring OneAgent and its operator to a version that supports the new runtime, and move dashboards and alerts to the metrics ' +
      'that Dynatrace documents for containers of any runtime.',
    configuredForCri: (_, pod) => pod.containers.some(({ image }) => /\/dynatrace-operator\b/.test(image)),
    links: [KUBERNETES_PAGE],
  },
  {
    id: 'newrelic-infrastructure',
    product: 'the New Relic infrastructure agent',
    images: ['newrelic/infrastructure'],
    words: ['newrelic'],
    dependency: 'takes container metadata from the Docker socket only',
    advice: 'Mount the socket of containerd in place of the Docker socket, which newer versions no longer need.',
    since: { version: '1.42', changes: 'From 1.42 on the New Relic infrastructure agent supports containerd.' },
    links: [
      'https://docs.newrelic.com/docs/infrastructure/infrastructure-agent/linux-installation/infra-agent-as-container/',
    ],
  },
  {
    id: 'newrelic-kubernetes',
    product: "New Relic's Docker and Kubernetes integration",
    images: [
      'newrelic/infrastructure-k8s',
      'newrelic/infrastructure-bundle',
      'newrelic/nri-docker',
      'newrelic/nri-kubernetes',
    ],
    words: ['newrelic'],
    dependency: 'in older releases takes container metrics from the Docker socket',
    advice:
      'Install the chart nri-bundle with version 3 or later of the Kubernetes integration, and drop the mount of the Docker socket.',
    configuredForCri: (container) => /\/nri-kubernetes:v?[3-9]/.test(container.image),
    links: ['https://docs.newrelic.com/docs/kubernetes-pixie/kubernetes-integration/get-started/changes-since-v3/'],
  },
  {
    id: 'signalfx-smart-agent',
    product: 'the SignalFx Smart Agent',
    images: ['signalfx/signalfx-agent', 'signalfx-agent'],
    words: ['signalfx-agent'],
    dependency: 'takes container metrics from Docker where the monitor docker-container-stats is on',
    advice:
      'Remove the monitor docker-container-stats and enable kubelet-metrics. The product has reached its end: its successor is the ' +
      'Splunk distribution of the OpenTelemetry Collector.',
    links: [KUBERNETES_PAGE],
  },
  {
    id: 'appdynamics',
    product: 'the AppDynamics machine or cluster agent',
    images: [
      'appdynamics/machine-agent',
      'appdynamics/machine-agent-analytics',
      'appdynamics/machine-agent-netviz',
      'appdynamics/cluster-agent',
    ],
    words: ['appdynamics'],
    dependency: 'sees containers through the Docker socket where Docker visibility is on',
    advice:
      'Turn off Docker visibility (enableDockerViz) or, as far as its documentation says, use a version with containerd support, and drop ' +
      'the mount of the Docker socket.',
    links: ['https://docs.appdynamics.com/'],
  },
  {
    id: 'instana',
    product: 'the Instana agent',
    images: ['instana/agent', 'release/agent/dynamic', 'release/agent/static'],
    dependency: 'finds containers through the sockets below /var/run',
    advice:
      'It detects containerd and CRI-O by itself, as far as its documentation says: keep /var/run mounted, or mount the runtime socket, and upgrade old versions.',
    whenConfigured: true,
    links: ['https://www.ibm.com/docs/en/instana-observability'],
  },
];
