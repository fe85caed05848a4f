import type { ClusterList } from './cluster-lists.js';

interface Definition {
  readonly spec?: {
    readonly group?: string;
    readonly names?: { readonly kind?: string; readonly plural?: string };
    readonly preserveUnknownFields?: boolean;
    readonly validation?: unknown;
    readonly versions?: readonly { readonly name?: string; readonly served?: boolean; readonly schema?: unknown }[];
  };
}

/** A schema that lets containers, volumes or steps in; one that says nothing of its fields may as well. */
const HOLDS_PODS =
  /"(?:hostPath|containers|initContainers|volumes|steps|podTemplate|podSpec|template)"|x-kubernetes-preserve-unknown-fields|x-kubernetes-embedded-resource/;

/** The list of a custom resource whose objects can hold a pod specification; undefined for all others. */
export function customList(definition: unknown): ClusterList | undefined {
  const { spec } = (definition ?? {}) as Definition;
  const { group, names, versions = [], validation, preserveUnknownFields } = spec ?? {};
  if (group === undefined || names?.kind === undefined || names.plural === undefined) return undefined;
  const served = versions.filter((version) => version.served !== false && version.name !== undefined);
  const open = preserveUnknownFields === true || HOLDS_PODS.test(JSON.stringify([validation, served]) ?? '');
  if (!open || served.length === 0) return undefined;
  // All versions show the same objects: one of them is enough.
  return { kind: names.kind, group, resource: names.plural, versions: served.map(({ name = '' }) => name).slice(-1) };
}
