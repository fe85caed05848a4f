import { gunzipSync } from 'node:zlib';

/** A release of a large chart is a few megabytes. */
const LONGEST_BYTES = 64 * 1024 * 1024;

export interface HelmRelease {
  readonly name: string;
  readonly namespace: string;
  readonly version: number;
  /** What the chart rendered to: YAML documents. */
  readonly manifest: string;
}

/**
 * What Helm 3 keeps of a release in a Secret of type `helm.sh/release.v1` (or a ConfigMap): gzip in base64, once more in
 * base64 by the API. Undefined for any other object, and for a release that something else has replaced.
 * https://helm.sh/docs/topics/advanced/#storage-backends
 */
export function helmRelease(object: unknown): HelmRelease | undefined {
  const { type, data, metadata } = (object ?? {}) as {
    type?: string;
    data?: { release?: string };
    metadata?: { labels?: Record<string, string> };
  };
  const { owner, status } = metadata?.labels ?? {};
  const release = data?.release;
  if ((type !== 'helm.sh/release.v1' && owner !== 'helm') || release === undefined || status !== 'deployed')
    return undefined;
  const once = type === undefined ? release : Buffer.from(release, 'base64').toString('latin1');
  const packed = Buffer.from(once, 'base64');
  const zipped = packed[0] === 0x1f && packed[1] === 0x8b;
  const text = (zipped ? gunzipSync(packed, { maxOutputLength: LONGEST_BYTES }) : packed).toString();
  const { name = '', namespace = '', version = 0, manifest = '' } = JSON.parse(text) as Partial<HelmRelease>;
  return { name, namespace, version, manifest };
}
