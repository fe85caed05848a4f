import { posix } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { z } from 'zod';
import type { FileFacts, UnitFacts } from '../core/inventory.js';
import { expandGlob } from './expand-glob.js';
import { fileFacts } from './file-facts.js';
import type { FileReader } from './file-reader.js';

/** Told of also where they do not exist: a plan writes some, and has to know what it would write over. */
const ALWAYS = [
  '/etc/crictl.yaml',
  '/etc/crio/crio.conf',
  '/etc/default/docker',
  '/etc/default/kubelet',
  '/etc/docker/daemon.json',
  '/etc/modules',
  '/etc/modules-load.d/dockershim-migrate.conf',
  '/etc/sysconfig/docker',
  '/etc/sysconfig/docker-storage',
  '/etc/sysconfig/kubelet',
  '/etc/sysctl.conf',
  '/etc/sysctl.d/99-dockershim-migrate.conf',
  '/etc/systemd/system/kubelet.service.d/20-dockershim-migrate.conf',
  '/var/lib/kubelet/config.yaml',
  '/var/lib/kubelet/instance-config.yaml',
  '/var/lib/kubelet/kubeadm-flags.env',
];

const PATTERNS = [
  '/etc/crio/crio.conf.d/*',
  '/etc/modules-load.d/*.conf',
  '/etc/sysctl.d/*.conf',
  '/usr/lib/modules-load.d/*.conf',
  '/usr/lib/sysctl.d/*.conf',
];

/** Directories with one directory for each registry. */
const REGISTRIES = ['/etc/containerd/certs.d', '/etc/docker/certs.d'];

export interface FilesInput {
  readonly files: FileReader;
  readonly units: Readonly<Record<string, UnitFacts>>;
  readonly containerdConfigPath: string;
  /** Further files that the kubelet is told of: environment files, its configuration. */
  readonly named: readonly string[];
}

/** The configuration that a migration reads or rewrites, by path; files that could be there and are not say so. */
export async function collectFiles(input: FilesInput): Promise<Record<string, FileFacts>> {
  const { files, units, containerdConfigPath, named } = input;
  const ofUnits = Object.values(units).flatMap(({ fragmentPath, dropInPaths }) => [fragmentPath, ...dropInPaths]);
  const found = await Promise.all([
    containerdImports(files, containerdConfigPath),
    ...PATTERNS.map((pattern) => expandGlob(files, pattern)),
    ...REGISTRIES.map((dir) => registryFiles(files, dir)),
  ]);
  const all = [...ALWAYS, containerdConfigPath, ...named, ...ofUnits, ...found.flat()];
  const paths = [...new Set(all)].filter((path) => posix.isAbsolute(path)).sort();
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, fileFacts(await files.read(path))] as const)),
  );
}

async function registryFiles(files: FileReader, dir: string): Promise<readonly string[]> {
  const registries = (await files.list(dir)).map((name) => posix.join(dir, name));
  return (await Promise.all(registries.map((registry) => expandGlob(files, `${registry}/*`)))).flat();
}

async function containerdImports(files: FileReader, path: string): Promise<readonly string[]> {
  const found = z.object({ imports: z.array(z.string()) }).safeParse(parsedToml((await files.text(path)) ?? ''));
  if (!found.success) return [];
  const patterns = found.data.imports.map((pattern) => posix.resolve(posix.dirname(path), pattern));
  return (await Promise.all(patterns.map((pattern) => expandGlob(files, pattern)))).flat();
}

/** A file that does not parse imports nothing that counts; `containerd config dump` says what is wrong with it. */
function parsedToml(text: string): unknown {
  try {
    return parseToml(text);
  } catch {
    return undefined;
  }
}
