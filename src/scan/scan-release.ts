import type { ObjectRef } from '../core/finding.js';
import type { ScanError } from '../core/scan-report.js';
import { parseText } from '../manifests/parse-text.js';
import type { Found } from './found.js';
import { liveObject } from './live-object.js';
import type { ScanContext } from './scan-context.js';
import { scanLive } from './scan-live.js';

/** A release of Helm that is in force. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly version: number;
  /** What its chart rendered to: YAML documents. */
  readonly manifest: string;
}

export interface ReleaseScan {
  readonly found: readonly Found[];
  readonly errors: readonly ScanError[];
}

/** Of the kinds that charts bring, those without a namespace. */
const CLUSTER_WIDE = new Set([
  ...['ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition', 'MutatingWebhookConfiguration', 'Namespace'],
  ...['PersistentVolume', 'PodSecurityPolicy', 'PriorityClass', 'RuntimeClass', 'SecurityContextConstraints'],
  ...['StorageClass', 'ValidatingWebhookConfiguration'],
]);

/** Scans what a release holds as the objects that it makes of it. */
export function scanRelease({ name, namespace, version, manifest }: Release, context: ScanContext): ReleaseScan {
  const subject = `release ${namespace}/${name} of Helm`;
  const { documents, errors } = parseText(manifest);
  const limits: ScanError[] = errors.map(({ line, message }) => ({ subject, line, message }));
  const found = documents.flatMap(({ value }) => {
    const kind = (value as { readonly kind?: unknown } | null)?.kind;
    if (typeof kind !== 'string') return [];
    const ref = inNamespace(liveObject(value, kind).ref, namespace);
    const scan = scanLive(value, ref, context);
    for (const message of scan.limits) limits.push({ subject, message });
    return scan.found.map((one) => ({ ...one, object: inNamespace(one.object, namespace) }));
  });
  const says = `It is in release ${name} of Helm (revision ${version}): an upgrade that does not change the chart's values brings it again.`;
  return { found: found.map((one) => ({ ...one, message: `${one.message} ${says}` })), errors: limits };
}

const inNamespace = (ref: ObjectRef, namespace: string): ObjectRef =>
  ref.namespace !== undefined || CLUSTER_WIDE.has(ref.kind) ? ref : { ...ref, namespace };
