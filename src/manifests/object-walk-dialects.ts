import { isMapping, type Mapping } from './mapping.js';
import { textOf } from './text-of.js';

/** Keys under which an object has patterns instead of workloads; undefined where there is nothing but the object itself. */
export type PatternKeys = ReadonlySet<string> | undefined;

const NO_PATTERNS: ReadonlySet<string> = new Set();
/** https://kyverno.io/docs/policy-types/: mutate and generate make objects, all else compares them. */
const KYVERNO_PATTERNS: ReadonlySet<string> = new Set([
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
]);

/** Schemas, policies, permissions and storage: what looks like a workload or a text in them is none. */
const OBJECT_ONLY: ReadonlySet<string> = new Set([
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
  'PersistentVolume',
  'PersistentVolumeClaim',
  'PodSecurityPolicy',
  'SecurityContextConstraints',
  'StorageClass',
  'Event',
]);

export function patternKeys(apiVersion: string, kind: string): PatternKeys {
  if (OBJECT_ONLY.has(kind)) return undefined;
  const group = apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
  if (group === 'constraints.gatekeeper.sh') return undefined;
  if (group !== 'kyverno.io' && !group.endsWith('.kyverno.io')) return NO_PATTERNS;
  // Test cases for policies, and what a cluster is expected to look like.
  const isTest = kind === 'Test' || group === 'cli.kyverno.io' || group === 'chainsaw.kyverno.io';
  return isTest ? undefined : KYVERNO_PATTERNS;
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
  if (isPipeline(root)) return false;
  return isCompose(root) || isGitHub(root) || isGitLab(root) || isCircle(root) || isOtherHosted(root);
}

/** A chart's values may have services, too, but not these keys alone. */
const COMPOSE_KEYS = /^(?:version|name|include|services|networks|volumes|configs|secrets|x-.*)$/;

function isCompose(root: Mapping): boolean {
  if (!someOf(root.services, (service) => typeof service.image === 'string' || 'build' in service)) return false;
  return Object.keys(root).every((key) => COMPOSE_KEYS.test(key));
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

/** AWS CodeBuild, Bitbucket and Travis. */
function isOtherHosted(root: Mapping): boolean {
  if (root.version !== undefined && someOf(root.phases, (phase) => Array.isArray(phase.commands))) return true;
  const { pipelines } = root;
  if (isMapping(pipelines) && BITBUCKET_KEYS.some((key) => key in pipelines)) return true;
  return typeof root.language === 'string' && TRAVIS_KEYS.some((key) => key in root);
}

const BITBUCKET_KEYS = ['default', 'branches', 'pull-requests', 'tags', 'custom'];
const TRAVIS_KEYS = ['script', 'install', 'before_install', 'before_script', 'jobs', 'services'];

function someOf(value: unknown, matches: (entry: Mapping) => boolean): boolean {
  return isMapping(value) && Object.values(value).some((entry) => isMapping(entry) && matches(entry));
}
