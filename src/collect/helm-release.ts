import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

/** A release of a large chart is a few megabytes. */
const LONGEST_BYTES = 64 * 1024 * 1024;

export interface HelmRelease {
  readonly name: string;
  readonly namespace: string;
  readonly version: number;
  /** What the chart rendered to, its hooks among it: YAML documents. */
  readonly manifest: string;
}

const stored = z.object({
  type: z.string().optional(),
  metadata: z.object({ labels: z.record(z.string(), z.string()) }),
  data: z.object({ release: z.string() }),
});

const record = z.object({
  name: z.string(),
  namespace: z.string().default(''),
  version: z.number().default(0),
  manifest: z.string().default(''),
  hooks: z.array(z.object({ manifest: z.string().default('') })).nullish(),
});

/**
 * What Helm 3 keeps of a release in a Secret of type `helm.sh/release.v1` (or a ConfigMap): gzip in base64, once more in
 * base64 by the API. Undefined for any other object, and for a release that another one has replaced.
 * https://helm.sh/docs/topics/advanced/#storage-backends
 */
export function helmRelease(object: unknown): HelmRelease | { readonly unreadable: string } | undefined {
  const found = stored.safeParse(object);
  if (!found.success) return undefined;
  const { type, metadata, data } = found.data;
  const { owner, status } = metadata.labels;
  if (owner !== 'helm' || status !== 'deployed') return undefined;
  try {
    const { hooks, manifest, ...release } = record.parse(JSON.parse(unpacked(data.release, type !== undefined)));
    const manifests = [manifest, ...(hooks ?? []).map((hook) => hook.manifest)];
    return { ...release, manifest: manifests.join('\n---\n') };
  } catch {
    // What is wrong with it would quote it, and it may hold Secrets.
    return { unreadable: 'is no release as Helm 3 writes it and was not scanned' };
  }
}

function unpacked(release: string, isSecret: boolean): string {
  const packed = Buffer.from(isSecret ? Buffer.from(release, 'base64').toString('latin1') : release, 'base64');
  const zipped = packed[0] === 0x1f && packed[1] === 0x8b;
  return (zipped ? gunzipSync(packed, { maxOutputLength: LONGEST_BYTES }) : packed).toString();
}
