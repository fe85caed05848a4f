import type { TextStretch } from './text-stretch.js';

export interface MetricMention extends TextStretch {
  /** To begin a sentence. */
  readonly what: string;
  /** What follows under containerd and CRI-O. */
  readonly outcome: string;
  readonly fix: string;
}

const NAMES: readonly (readonly [RegExp, string, string])[] = [
  [
    /(?<![\w:])container_fs_\w+(?![\w:])/g,
    'is not exported for containers by the kubelet under containerd, or lacks the labels that it has under Docker',
    'Use kubelet_volume_stats_* for volumes, node_filesystem_* for the node, or the CRI metrics of the kubelet (feature PodAndContainerStatsFromCRI); else drop the panel or alert.',
  ],
  [
    /(?<![\w:])container_memory_swap(?![\w:])/g,
    'is not filled for containers under containerd and CRI-O',
    'Use container_memory_working_set_bytes{container!=""}, or the swap metrics of the node.',
  ],
  [
    /(?<![\w:])engine_daemon_\w+(?![\w:])/g,
    'comes from dockerd and ends with it',
    "Use the runtime's own metrics (containerd's metrics address, CRI-O's crio_*) or kubelet_runtime_operations_*.",
  ],
  [
    /(?<![\w:])kubelet_docker_\w+(?![\w:])/g,
    'was removed with dockershim',
    'Use kubelet_runtime_operations_total, kubelet_runtime_operations_duration_seconds and kubelet_runtime_operations_errors_total.',
  ],
];

const MATCHER = /\b(\w{1,60})\s*(=~?)\s*\\?(["'])([^"'\\]{0,300}(?:\\[^"'][^"'\\]{0,300}){0,20})/g;
const OTHER_RUNTIMES = /containerd|crio|cri-o/;
const CONTAINER_LABEL_FIX = 'Select by the labels namespace, pod and container: container_*{container!="",pod="…"}.';

/** Metrics and label values in a PromQL expression that only Docker, or the kubelet with Docker, gives. */
export function* metricsInQuery(query: string): Iterable<MetricMention> {
  for (const [pattern, outcome, fix] of NAMES) {
    for (const match of query.matchAll(pattern))
      yield { what: `The metric ${match[0]}`, outcome, fix, offset: match.index, length: match[0].length };
  }
  for (const match of query.matchAll(MATCHER)) {
    const [whole, label = '', , , value = ''] = match;
    const fix = OTHER_RUNTIMES.test(value) ? undefined : fixOfLabel(label, value);
    if (fix === undefined) continue;
    const what = `The selector ${label}${match[2] ?? ''}"${value}"`;
    yield { what, outcome: 'matches only what Docker names so', fix, offset: match.index, length: whole.length };
  }
}

function fixOfLabel(label: string, value: string): string | undefined {
  switch (label) {
    case 'id':
    case 'cgroup':
      return /(?:^|[/^(|.*])docker(?:\/|-|\.service|\[|\.|$)/.test(value) ? CONTAINER_LABEL_FIX : undefined;
    case 'name':
      if (/^\^?\(?k8s_/.test(value)) return CONTAINER_LABEL_FIX;
      return /(?:^|[(|^])docker\\{0,4}\.(?:service|socket)/.test(value)
        ? "Watch the runtime's unit: containerd.service or crio.service."
        : undefined;
    case 'job':
    case 'process':
    case 'groupname':
    case 'comm':
    case 'exe':
      return /(?:^|[(|^])docker(?:d|-engine)?(?:$|[)|])/.test(value)
        ? "Watch the runtime's process: containerd or crio."
        : undefined;
    case 'container_runtime_version':
      return value.startsWith('docker') || value.includes('.*docker')
        ? 'Compare with containerd://.* or cri-o://.*, or do not look at the runtime.'
        : undefined;
    case 'container_id':
      return value.startsWith('docker://') ? 'Match any scheme: container_id=~".+://…".' : undefined;
    default:
      return undefined;
  }
}
