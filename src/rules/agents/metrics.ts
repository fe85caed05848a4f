import type { Agent } from './agent.js';
import { hasArgument } from './has-argument.js';

export const metrics: readonly Agent[] = [
  {
    id: 'cadvisor',
    product: 'cAdvisor',
    images: ['cadvisor'],
    words: ['cadvisor'],
    dependency:
      'names containers and their images with the help of the Docker socket unless it reaches that of containerd',
    advice:
      'Pass --containerd=/run/containerd/containerd.sock and mount that socket in place of /var/run/docker.sock and /var/lib/docker (CRI-O: ' +
      "mount /var/run/crio/crio.sock), or take the kubelet's /metrics/cadvisor and remove this pod.",
    dockerArguments: [
      { pattern: /^--?docker[_-]only(?:=(?!false$|0$|f$)|$)/i, anyImage: true },
      { pattern: /^--?docker(?:=.|$)/, unlessCri: true },
      { pattern: /^--?docker-tls(?:=(?!false$|0$|f$)|$)/i, unlessCri: true },
    ],
    configuredForCri: (container) => hasArgument(container, /^--?(?:containerd|crio)=/),
    links: ['https://github.com/google/cadvisor/blob/master/docs/runtime_options.md'],
  },
  {
    id: 'weave-scope',
    product: 'Weave Scope',
    images: ['weaveworks/scope', 'weaveworks/scope-probe'],
    words: ['weaveworks/scope'],
    dependency: 'learns of containers and controls them through the Docker socket',
    advice:
      'Start the probe with --probe.docker=false --probe.cri=true --probe.cri.endpoint=unix:///run/containerd/containerd.sock and mount that ' +
      'socket. The project is archived: plan a replacement.',
    dockerArguments: [{ pattern: /^--?probe\.docker(?:=(?!false$|0$|f$)|$)/i, anyImage: true }],
    // The app and the probe of the cluster ask other parts of Scope and the API server only.
    configuredForCri: (container) =>
      hasArgument(
        container,
        /^--?(?:probe\.cri(?:=(?:true|1|t))?|probe\.docker=(?:false|0|f)|mode=app|probe\.kubernetes\.role=cluster)$/i,
      ),
    links: ['https://github.com/weaveworks/scope'],
  },
  {
    id: 'telegraf',
    product: 'Telegraf',
    images: ['telegraf', 'influxdata/telegraf'],
    dependency: 'takes container metrics from Docker where the input docker is on',
    advice:
      'Remove the inputs docker and docker_log from its configuration and use the inputs kubernetes and kube_inventory.',
    whenConfigured: true,
    links: ['https://docs.influxdata.com/telegraf/v1/plugins/'],
  },
  {
    id: 'opentelemetry-collector',
    product: 'the OpenTelemetry Collector',
    images: [
      'otel/opentelemetry-collector',
      'otel/opentelemetry-collector-contrib',
      'otel/opentelemetry-collector-k8s',
      'opentelemetry-collector',
      'opentelemetry-collector-contrib',
      'signalfx/splunk-otel-collector',
    ],
    dependency: 'takes container metrics from Docker where the receiver docker_stats is on',
    advice:
      'Replace the receiver docker_stats by kubeletstats, and let the container operator of the filelog receiver parse the logs.',
    whenConfigured: true,
    links: ['https://opentelemetry.io/docs/platforms/kubernetes/collector/components/'],
  },
  {
    id: 'zabbix-agent',
    product: 'the Zabbix agent',
    images: ['zabbix/zabbix-agent2', 'zabbix/zabbix-agent'],
    dependency: 'takes container metrics from Docker where its plugin Docker is used',
    advice: "Remove Plugins.Docker and the template for Docker, and use Zabbix' templates for Kubernetes.",
    whenConfigured: true,
    links: ['https://www.zabbix.com/integrations/kubernetes'],
  },
  {
    id: 'netdata',
    product: 'Netdata',
    images: ['netdata/netdata'],
    dependency: 'asks the Docker socket for the names of containers',
    advice:
      'Install it by its chart for Kubernetes, which asks the kubelet and the API server, and drop the mount of the Docker socket.',
    whenConfigured: true,
    links: ['https://github.com/netdata/helmchart'],
  },
];
