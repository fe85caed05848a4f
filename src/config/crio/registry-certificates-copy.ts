import type { GeneratedFile } from '../../core/conversion.js';
import type { FileFacts } from '../../core/inventory.js';
import type { RegistryCertificates } from '../runtime-intent.js';

const DIRECTORY = '/etc/containers/certs.d';

type Files = Readonly<Record<string, FileFacts>>;

/**
 * Docker's certificates of registries, where CRI-O looks first: Docker's own directory it reads only as long as it is there.
 * CRI-O finds a key by the name of its certificate, so that the two are always named alike.
 */
export const registryCertificatesCopy = (
  certificates: readonly RegistryCertificates[],
  files: Files,
): readonly GeneratedFile[] =>
  certificates.flatMap(({ host, ca, client }) => [
    ...ca.flatMap((path) => copies(host, [path], [0o644], files)),
    ...client.flatMap(({ cert, key }) => copies(host, [cert, key], [0o644, 0o600], files)),
  ]);

/** What cannot be read is told of where the certificates are read. */
function copies(
  host: string,
  paths: readonly string[],
  modes: readonly number[],
  files: Files,
): readonly GeneratedFile[] {
  if (paths.some((path) => files[path]?.exists !== true || !files[path].whole)) return [];
  const target = (path: string): string => `${DIRECTORY}/${host}/${path.slice(path.lastIndexOf('/') + 1)}`;
  // A file of the same name that says something else is an administrator's, and stays.
  const isTaken = paths.some((path) => {
    const there = files[target(path)];
    return there?.exists === true && there.sha256 !== files[path]?.sha256;
  });
  return paths.map((path, at) => ({
    group: 'runtime',
    path: isTaken ? target(path).replace(/[^/]+$/, 'docker-$&') : target(path),
    mode: modes[at] ?? 0o644,
    content: files[path]?.content ?? '',
    why: `what Docker has for ${host} in ${path}`,
  }));
}
