export interface ImageReference {
  /** With its port: `docker.io`, `registry.lab:5000`. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string | undefined;
  /** `sha256:…`. */
  readonly digest: string | undefined;
}

/** Reads a reference as Docker does; undefined for image ids and for what no registry could have. */
export function parseReference(text: string): ImageReference | undefined {
  const match = /^(?<name>[^@]+?)(?::(?<tag>[\w][\w.-]{0,127}))?(?:@(?<digest>[a-z0-9+._-]+:[0-9a-fA-F]{32,}))?$/.exec(
    text,
  );
  const { name, tag, digest } = match?.groups ?? {};
  // An image id, in full or with its algorithm.
  if (name === undefined || name === 'sha256' || /^[0-9a-f]{64}$/.test(name)) return undefined;

  const slash = name.indexOf('/');
  const first = slash === -1 ? '' : name.slice(0, slash);
  // The first part is a registry if it could not be part of a repository of Docker Hub.
  const named = first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase();
  const registry = !named || first === 'index.docker.io' ? 'docker.io' : first;
  const path = named ? name.slice(slash + 1) : name;
  const repository = registry === 'docker.io' && !path.includes('/') ? `library/${path}` : path;
  if (!repository.split('/').every((part) => /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*$/.test(part))) return undefined;
  return { registry, repository, tag, digest };
}

/**
 * One spelling for what Docker, pods and containerd write differently: `nginx` is `docker.io/library/nginx:latest`.
 * A reference by digest gets no tag; what is no reference comes back as it was.
 */
export function normaliseReference(text: string): string {
  const reference = parseReference(text);
  if (reference === undefined) return text;
  const { registry, repository, tag, digest } = reference;
  const name = `${registry}/${repository}`;
  if (digest === undefined) return `${name}:${tag ?? 'latest'}`;
  return tag === undefined ? `${name}@${digest}` : `${name}:${tag}@${digest}`;
}
