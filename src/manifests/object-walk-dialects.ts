import { isMapping, textOf, type Mapping } from './pod-views-mapping.js';

/** What is particular about a kind: where there are patterns instead of workloads, and whether pods may stand in it. */
export interface Dialect {
  /** `none`: nothing below the object is looked at. */
  readonly below: 'none' | 'texts' | 'all';
  readonly patterns: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();
const OBJECT_ONLY: Dialect = { below: 'none', patterns: NOTHING };
const NO_PODS: Dialect = { below: 'texts', patterns: NOTHING };
const PLAIN: Dialect = { below: 'all', patterns: NOTHING };
/** https://kyverno.io/docs/policy-types/: mutate and generate make objects, all else compares them. */
const KYVERNO: Dialect = {
  below: 'all',
  patterns: new Set([
    'validate',
    'match',
    'exclude',
    'preconditions',
    'deny',
    'verifyImages',
    'validations',
    'matchConditions',
    'matchConstraints',
    'attestors',
    'auditAnnotations',
  ]),
};

const OBJECT_ONLY_KINDS = new Set([
  'CustomResourceDefinition',
  'ConstraintTemplate',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'APIService',
  'ComponentStatus',
]);

const NO_POD_KINDS = new Set([
  'PersistentVolume',
  'PersistentVolumeClaim',
  'PodSecurityPolicy',
  'SecurityContextConstraints',
  'StorageClass',
  'Event',
]);

export function dialectOf(apiVersion: string, kind: string): Dialect {
  if (OBJECT_ONLY_KINDS.has(kind)) return OBJECT_ONLY;
  if (NO_POD_KINDS.has(kind)) return NO_PODS;
  const group = apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
  if (!group.includes('.')) return PLAIN;
  if (group === 'constraints.gatekeeper.sh') return NO_PODS;
  if (group !== 'kyverno.io' && !group.endsWith('.kyverno.io')) return PLAIN;
  // Test cases for policies, and what a cluster is expected to look like.
  return kind === 'Test' || group === 'cli.kyverno.io' || group === 'chainsaw.kyverno.io' ? OBJECT_ONLY : KYVERNO;
}

/** Drone and Woodpecker: a step's `volumes` may be `host:container`, as with Docker. */
export function isPipeline(root: Mapping): boolean {
  if (root.apiVersion !== undefined) return false;
  if (root.kind === 'pipeline') return true;
  const steps = root.steps ?? root.pipeline;
  const entries: unknown[] = Array.isArray(steps) ? steps : isMapping(steps) ? Object.values(steps) : [];
  return entries.some(
    (step) => isMapping(step) && typeof step.image === 'string' && ('commands' in step || 'settings' in step),
  );
}

/** Files without an object that start containers on a Docker host or in a hosted CI, not on a node of the cluster. */
export function runsElsewhere(root: unknown): boolean {
  if (!isMapping(root)) return false;
  const apiVersion = textOf(root.apiVersion);
  // kind and k3d make nodes out of containers on somebody's machine.
  if (apiVersion.startsWith('kind.x-k8s.io/') || apiVersion.startsWith('k3d.io/')) return true;
  if (apiVersion !== '') return false;
  return isCompose(root) || isGitHub(root) || isGitLab(root) || isCircle(root);
}

function isCompose(root: Mapping): boolean {
  // RKE's cluster.yml has `nodes` beside its `services`.
  return root.nodes === undefined && someOf(root.services, (one) => typeof one.image === 'string' || 'build' in one);
}

function isGitHub(root: Mapping): boolean {
  const runs = root.runs;
  if (isMapping(runs) && typeof runs.using === 'string') return true;
  return someOf(root.jobs, (job) => job['runs-on'] !== undefined || typeof job.uses === 'string');
}

function isGitLab(root: Mapping): boolean {
  return Object.values(root).some(
    (job) => isMapping(job) && Array.isArray(job.script) && GITLAB_KEYS.some((key) => key in job || 'stages' in root),
  );
}

const GITLAB_KEYS = ['stage', 'image', 'only', 'rules', 'tags', 'needs', 'services'];

function isCircle(root: Mapping): boolean {
  return root.version !== undefined && someOf(root.jobs, (job) => Array.isArray(job.steps) && !('template' in job));
}

function someOf(value: unknown, matches: (entry: Mapping) => boolean): boolean {
  return isMapping(value) && Object.values(value).some((entry) => isMapping(entry) && matches(entry));
}
