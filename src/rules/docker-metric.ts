import { isForbidding } from './config-texts/is-forbidding.js';
import { metricsInQuery } from './config-texts/metrics-in-query.js';
import { walkValues } from './config-texts/walk-values.js';
import type { Rule } from './rule.js';

/** Keys of expressions: rules of Prometheus, panels of Grafana, the Prometheus adapter, KEDA. */
const QUERIES: ReadonlySet<string> = new Set([
  'expr',
  'expression',
  'query',
  'promql',
  'definition',
  'seriesQuery',
  'metricsQuery',
  'metricName',
  'metric',
  'resourceQuery',
  'containerQuery',
  'nodeQuery',
]);

export const dockerMetric: Rule = {
  id: 'docker-metric',
  title: 'A query asks for metrics that come from Docker',
  severity: 'warning',
  why:
    "Under containerd and CRI-O the kubelet's cAdvisor exports no container_fs_* and other names and cgroup paths for containers; " +
    'kubelet_docker_* went with dockershim and engine_daemon_* with dockerd. Panels turn empty, and alerts on them never fire.',
  fix: 'Rewrite the query with container_*{container!=""} and kubelet_runtime_operations_*.',
  links: [
    'https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md',
    'https://github.com/kubernetes/website/issues/30681',
    'https://github.com/google/cadvisor/issues/3221',
  ],
  words: [
    'container_fs_',
    'container_memory_swap',
    'engine_daemon_',
    'kubelet_docker_',
    '"k8s_',
    "'k8s_",
    '^k8s_',
    '(k8s_',
    ['docker', 'expr:'],
    ['docker', '"expr"'],
    ['docker', 'expr '],
    ['docker', 'query'],
    ['docker', 'expression'],
    ['docker', 'promql'],
    ['docker', 'definition'],
    ['docker', { word: 'metric', next: /^(?:Name|sQuery)?["']?\s*[:=]/ }],
  ],
  *object(view) {
    if (isForbidding(view)) return;
    for (const node of walkValues(view)) {
      const { key, value } = node;
      if (typeof value !== 'string' || typeof key !== 'string' || !QUERIES.has(key)) continue;
      const told = new Set<string>();
      for (const { what, outcome, fix, offset, length } of metricsInQuery(value)) {
        if (told.has(what)) continue;
        told.add(what);
        yield {
          at: { path: node.path, offset, length },
          message: `${what} ${outcome}: on a node with containerd or CRI-O the query finds nothing or other numbers.`,
          fix,
        };
      }
    }
  },
};
