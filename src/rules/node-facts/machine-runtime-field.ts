import type { ObjectView } from '../../manifests/views.js';
import { apiVersionOf } from './api-version-of.js';
import type { Field } from './fields.js';
import { isRecord } from './is-record.js';
import type { MachineRuntime } from './machine-runtime.js';

interface Around {
  readonly apiVersion: string;
  /** A file, and not a part of an object of the API. */
  readonly bare: boolean;
}

type Recogniser = (field: Field, around: Around) => MachineRuntime | undefined;

const isDocker = (value: unknown): boolean => typeof value === 'string' && /^dockerd?$/i.test(value);

/** The nearest key above a field; lists have none. */
const above = ({ path }: Field): string | undefined =>
  path.slice(0, -1).findLast((step): step is string => typeof step === 'string');

/** Objects with a field `containerRuntime` that is about machines; agents have one as well. */
const PROVISIONERS: readonly (readonly [RegExp, string])[] = [
  [/^eksctl\.io\//, 'eksctl'],
  [/^karpenter\.(?:sh|k8s\.aws)\//, 'Karpenter'],
  [/^kops\.k8s\.io\//, 'kOps'],
  [/^(?:kubermatic\.)?k8c\.io\/|^kubeone(?:\.\w+)?\.k8c\.io\//, 'Kubermatic'],
  [/^vlabs$/, 'AKS Engine'],
  [/^(?:infrastructure|bootstrap)\.cluster\.x-k8s\.io\//, 'Cluster API'],
];

const containerRuntime: Recogniser = ({ key, value }, { apiVersion }) => {
  if (key !== 'containerRuntime') return undefined;
  const product = PROVISIONERS.find(([group]) => group.test(apiVersion))?.[1];
  if (product === undefined || !(isDocker(value) || (isRecord(value) && 'docker' in value))) return undefined;
  const fix = isRecord(value) ? 'Set containerRuntime: {containerd: {}}.' : 'Set containerRuntime: containerd.';
  return { product, fix };
};

/** Ansible's group_vars, and modules for Terraform; in camel case Helm values of agents have it. */
const snakeCase: Recogniser = ({ key, value }, { bare }) =>
  /^(?:kube_)?container[_-]runtime$/.test(key) && isDocker(value) && bare
    ? { product: "the machines' configuration", fix: `Set ${key} to containerd.` }
    : undefined;

const containerManager: Recogniser = ({ key, value }) =>
  /^container_?manager$/i.test(key) && isDocker(value)
    ? {
        product: key === 'containerManager' ? 'KubeKey' : 'kubespray',
        fix: `Set ${key}: containerd.`,
        bringsCriDockerd: true,
      }
    : undefined;

/** Images with Docker are those without `_containerd`: https://cloud.google.com/kubernetes-engine/docs/concepts/node-images */
const gkeImage: Recogniser = ({ key, value, path, parent }) => {
  if (!/^image_?type$/i.test(key) || typeof value !== 'string') return undefined;
  if (!/^(?:cos|ubuntu|windows_ltsc|windows_sac)$/i.test(value)) return undefined;
  const ofGke =
    path.some(
      (step) =>
        typeof step === 'string' && /^(?:google_container|node_?config|(?:node_?)?auto_?provisioning)/i.test(step),
    ) ||
    'machine_type' in parent ||
    'machineType' in parent;
  return ofGke || /^(?:COS|WINDOWS_)/.test(value)
    ? { product: 'GKE', fix: `Set ${key} to ${value}_${value === value.toLowerCase() ? 'containerd' : 'CONTAINERD'}.` }
    : undefined;
};

/** `runtime: {name: docker}` of Alibaba Cloud's ACK and of Huawei Cloud's CCE, and what Terraform calls them. */
const nodePool: Recogniser = (field) => {
  const { key, value, path } = field;
  if (!isDocker(value)) return undefined;
  const named = /^name$/i.test(key) && above(field)?.toLowerCase() === 'runtime';
  const ofCce =
    key === 'runtime' && path.some((step) => typeof step === 'string' && step.startsWith('huaweicloud_cce'));
  if (!named && !ofCce && key !== 'runtime_name') return undefined;
  return { product: 'the node pool', fix: `Set ${named ? "the runtime's name" : key} to containerd.` };
};

const gardener: Recogniser = (field, { apiVersion }) =>
  apiVersion.startsWith('core.gardener.cloud/') &&
  field.key === 'name' &&
  above(field) === 'cri' &&
  isDocker(field.value)
    ? { product: 'Gardener', fix: 'Set cri.name: containerd for the worker pool.' }
    : undefined;

/** Settings for Docker, which kOps reads only where Docker is the runtime. */
const kopsDocker: Recogniser = ({ key, value, path, parent }, { apiVersion }) =>
  apiVersion.startsWith('kops.k8s.io/') &&
  key === 'docker' &&
  path.at(-2) === 'spec' &&
  isRecord(value) &&
  parent['containerRuntime'] !== 'containerd' &&
  !isDocker(parent['containerRuntime'])
    ? { product: 'kOps', fix: 'Set containerRuntime: containerd, and move what is still needed to spec.containerd.' }
    : undefined;

/** /etc/rancher/k3s/config.yaml holds k3s's flags as keys. */
const k3s: Recogniser = ({ key, value, path, parent }, { apiVersion }) => {
  if (key !== 'docker' || value !== true || path.length !== 1 || apiVersion !== '') return undefined;
  const ofK3s =
    /^(?:cluster-init|disable|flannel-backend|kubelet-arg|kube-apiserver-arg|node-(?:label|taint|name|ip)|tls-san|token|write-kubeconfig-mode)\+?$/;
  return Object.keys(parent).some((name) => ofK3s.test(name))
    ? { product: 'k3s', fix: 'Remove docker: true; k3s brings its own containerd.', bringsCriDockerd: true }
    : undefined;
};

const kubeEdge: Recogniser = ({ key, value }, { apiVersion }) =>
  apiVersion.startsWith('edgecore.config.kubeedge.io/') && key === 'runtimeType' && isDocker(value)
    ? { product: 'KubeEdge', fix: 'Set runtimeType: remote, and remoteRuntimeEndpoint to the socket of containerd.' }
    : undefined;

const RECOGNISERS = [
  containerRuntime,
  snakeCase,
  containerManager,
  gkeImage,
  nodePool,
  gardener,
  kopsDocker,
  k3s,
  kubeEdge,
];

/** What a field of a provisioner's object, of Terraform or of Ansible's variables says on machines with Docker. */
export function machineRuntimeField(field: Field, view: ObjectView): MachineRuntime | undefined {
  const apiVersion = apiVersionOf(view);
  const bare = apiVersion === '' && view.object.kind !== 'ConfigMap' && view.object.kind !== 'Secret';
  for (const recognise of RECOGNISERS) {
    const found = recognise(field, { apiVersion, bare });
    if (found !== undefined) return found;
  }
  return undefined;
}
