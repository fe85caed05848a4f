import type { ClusterList } from './cluster-lists.js';

interface Version {
  readonly name?: string;
  readonly served?: boolean;
  readonly storage?: boolean;
  readonly schema?: unknown;
}

interface Definition {
  readonly spec?: {
    readonly group?: string;
    readonly names?: { readonly kind?: string; readonly plural?: string };
    readonly preserveUnknownFields?: boolean;
    /** These two only in apiextensions.k8s.io/v1beta1. */
    readonly version?: string;
    readonly validation?: unknown;
    readonly versions?: readonly Version[];
  };
}

/** Fields in which containers, volumes, steps, scripts or the set-up of machines stand. */
const TELLING = [
  ...['containers', 'initContainers', 'volumes', 'hostPath', 'steps', 'template', 'podTemplate', 'podSpec', 'script'],
  ...['containerRuntime', 'criSocket', 'kubeletConfiguration', 'userData', 'preKubeadmCommands', 'allowedHostPaths'],
];

/** Fields that nobody wrote down hold anything. */
const OPEN = 'x-kubernetes-(?:preserve-unknown-fields|embedded-resource)';

const HOLDS_PODS = new RegExp(`"(?:${TELLING.join('|')}|${OPEN})"`);

/** The list of a custom resource whose objects can hold what depends on a runtime; undefined for all others. */
export function customList(definition: unknown): ClusterList | undefined {
  const { spec } = (definition ?? {}) as Definition;
  const { group, names, version, versions, validation, preserveUnknownFields } = spec ?? {};
  if (group === undefined || names?.kind === undefined || names.plural === undefined) return undefined;
  const all = versions ?? (version === undefined ? [] : [{ name: version }]);
  const served = all.filter(({ name, served = true }) => served && name !== undefined);
  // All versions show the same objects. That in which they are stored needs no webhook to convert them.
  const best = served.find(({ storage }) => storage === true) ?? served.at(-1);
  if (best?.name === undefined) return undefined;
  const schemas = [validation, ...served.map(({ schema }) => schema)].filter((schema) => schema !== undefined);
  const open = schemas.length === 0 || preserveUnknownFields === true || HOLDS_PODS.test(JSON.stringify(schemas));
  return open ? { kind: names.kind, group, resource: names.plural, versions: [best.name] } : undefined;
}
