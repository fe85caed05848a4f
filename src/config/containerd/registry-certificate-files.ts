import type { GeneratedFile } from '../../core/conversion.js';
import type { FileFacts } from '../../core/inventory.js';
import type { RegistryCertificates } from '../runtime-intent.js';
import type { HostCertificates } from '../registries/registry-hosts.js';

export interface CopiedCertificates extends HostCertificates {
  readonly files: readonly GeneratedFile[];
}

type Files = Readonly<Record<string, FileFacts>>;

/** Docker's certificates of a registry in a directory of containerd's, and the paths they have there. */
export function copiedCertificates(
  { host, ca, client }: RegistryCertificates,
  directory: string,
  files: Files,
): CopiedCertificates {
  const target = (source: string): string => targetOf(source, directory, files);
  const copy = (source: string, mode: number): readonly GeneratedFile[] =>
    target(source) === source
      ? []
      : [
          {
            ...{ group: 'runtime', path: target(source), mode, content: files[source]?.content ?? '' },
            why: `what Docker has for ${host} in ${source}`,
          },
        ];
  return {
    ca: ca.map(target),
    client: client.map(({ cert, key }) => [target(cert), target(key)] as const),
    files: [
      ...ca.flatMap((path) => copy(path, 0o644)),
      ...client.flatMap(({ cert, key }) => [...copy(cert, 0o644), ...copy(key, 0o600)]),
    ],
  };
}

/** A file of the same name that says something else is an administrator's, and stays. */
function targetOf(source: string, directory: string, files: Files): string {
  const name = source.slice(source.lastIndexOf('/') + 1);
  const there = files[`${directory}/${name}`];
  const isOther = there?.exists === true && there.sha256 !== files[source]?.sha256;
  return `${directory}/${isOther ? 'docker-' : ''}${name}`;
}

/** Certificates in a directory without a `hosts.toml`, which containerd uses only as long as there is none. */
export function certificatesBeside(directory: string, files: Files): HostCertificates {
  const isThere = (path: string): boolean => files[path]?.exists === true;
  if (isThere(`${directory}/hosts.toml`)) return { ca: [], client: [] };
  const paths = Object.keys(files).filter(
    (path) => isThere(path) && path.startsWith(`${directory}/`) && !path.slice(directory.length + 1).includes('/'),
  );
  return {
    ca: paths.filter((path) => path.endsWith('.crt')).sort(),
    client: paths
      .filter((path) => path.endsWith('.cert') && isThere(path.replace(/\.cert$/, '.key')))
      .sort()
      .map((path) => [path, path.replace(/\.cert$/, '.key')] as const),
  };
}

/** All authorities of a registry in one file: the old style of registries has a place for one only. */
export function bundleOf(copied: CopiedCertificates, directory: string): CopiedCertificates {
  const bundled = copied.files.filter(({ path }) => copied.ca.includes(path));
  const [first] = bundled;
  if (copied.ca.length < 2 || first === undefined || bundled.length !== copied.ca.length) return copied;
  const path = `${directory}/docker-ca-bundle.crt`;
  const content = bundled.map((file) => file.content.replace(/\n*$/, '\n')).join('');
  return {
    ...copied,
    ca: [path],
    files: [...copied.files.filter((file) => !bundled.includes(file)), { ...first, path, content }],
  };
}
