import type { HclBlock, HclBody } from './hcl-node.js';
import { hclEntry, placedList, placedObject, type PlacedEntry, type PlacedValue } from './hcl-value.js';
import { withoutDynamic } from './without-dynamic.js';

/** Blocks of Terraform's Kubernetes provider that the API has as lists, often under another name. */
const LISTS: Readonly<Record<string, string>> = {
  allowed_flex_volumes: 'allowedFlexVolumes',
  allowed_host_paths: 'allowedHostPaths',
  allowed_topologies: 'allowedTopologies',
  container: 'containers',
  env: 'env',
  env_from: 'envFrom',
  host_aliases: 'hostAliases',
  http_header: 'httpHeaders',
  image_pull_secrets: 'imagePullSecrets',
  init_container: 'initContainers',
  items: 'items',
  match_expressions: 'matchExpressions',
  match_fields: 'matchFields',
  node_selector_term: 'nodeSelectorTerms',
  option: 'options',
  port: 'ports',
  preferred_during_scheduling_ignored_during_execution: 'preferredDuringSchedulingIgnoredDuringExecution',
  readiness_gate: 'readinessGates',
  rule: 'rules',
  sources: 'sources',
  subject: 'subjects',
  sysctl: 'sysctls',
  toleration: 'tolerations',
  topology_spread_constraint: 'topologySpreadConstraints',
  volume: 'volumes',
  volume_claim_template: 'volumeClaimTemplates',
  volume_device: 'volumeDevices',
  volume_mount: 'volumeMounts',
  webhook: 'webhooks',
};

/** Where the API writes initials in capitals. */
const INITIALS: Readonly<Record<string, string>> = {
  cluster_ip: 'clusterIP',
  external_ips: 'externalIPs',
  host_ip: 'hostIP',
  host_ipc: 'hostIPC',
  host_pid: 'hostPID',
  load_balancer_ip: 'loadBalancerIP',
  pod_ip: 'podIP',
};

/** The API has what these blocks hold in the block around them. */
const FLATTENED = new Set(['persistent_volume_source']);

const KINDS: Readonly<Record<string, string>> = { daemonset: 'DaemonSet' };

/** The object that a `resource "kubernetes_…"` makes, with the API's names. Its apiVersion is the provider's affair. */
export function kubernetesResource({ labels, body }: HclBlock): PlacedValue {
  const type = labels[0];
  const span = type?.span ?? body;
  const resource = (type?.text ?? '').replace(/^kubernetes_/, '').replace(/_v\d+(?:(?:alpha|beta)\d+)?$/, '');
  const kind = KINDS[resource] ?? camelCase(`_${resource}`);
  const constant = (name: string, value: string): PlacedEntry => ({ name, key: span, value, spans: span });
  return placedObject(body, [constant('apiVersion', ''), constant('kind', kind), ...entriesOf(body)]);
}

const camelCase = (name: string): string =>
  INITIALS[name] ?? name.replace(/_+([a-z\d])/g, (_, letter: string) => letter.toUpperCase());

/** Keys inside of an attribute's value are the user's own: labels, data. */
function entriesOf(body: HclBody): PlacedEntry[] {
  const attributes = body.attributes.map((attribute): PlacedEntry => ({
    ...hclEntry(attribute),
    name: camelCase(attribute.name),
  }));
  const groups = new Map<string, HclBlock[]>();
  const flattened: PlacedEntry[] = [];
  for (const block of body.blocks.map(withoutDynamic)) {
    if (FLATTENED.has(block.type)) flattened.push(...entriesOf(block.body));
    else groups.set(block.type, [...(groups.get(block.type) ?? []), block]);
  }
  const blocks = [...groups].map(([type, group]): PlacedEntry => {
    const values = group.map((block) => placedObject(block.body, entriesOf(block.body)));
    const [only] = values;
    const list = LISTS[type];
    const { key, body: first } = group[0] as HclBlock;
    const span = { start: first.start, end: group.at(-1)?.body.end ?? first.end };
    if (list === undefined && only !== undefined && values.length === 1) return { name: camelCase(type), key, ...only };
    return { name: list ?? camelCase(type), key, ...placedList(span, values) };
  });
  return [...attributes, ...flattened, ...blocks];
}
