import { posix } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { z } from 'zod';
import type { CrioFacts, FileFacts, UnitFacts } from '../core/inventory.js';
import { expandGlob } from './expand-glob.js';
import { fileFacts } from './file-facts.js';
import type { FileReader } from './file-reader.js';
import { filesBelow } from './files-below.js';

/** Told of also where they do not exist: a plan writes some, and has to know what it would write over. */
const ALWAYS = [
  '/etc/containers/policy.json',
  '/etc/containers/registries.conf',
  '/etc/containers/registries.conf.d/10-docker-migration.conf',
  '/etc/containers/storage.conf',
  '/etc/crictl.yaml',
  '/etc/crio/policy.json',
  '/etc/default/crio',
  '/etc/default/docker',
  '/etc/default/kubelet',
  '/etc/docker/daemon.json',
  '/etc/modules',
  '/etc/modules-load.d/containerd.conf',
  '/etc/sysconfig/crio',
  '/etc/sysconfig/docker',
  '/etc/sysconfig/docker-storage',
  '/etc/sysconfig/kubelet',
  '/etc/sysctl.conf',
  '/etc/sysctl.d/99-kubernetes-cri.conf',
  ...['containerd', 'crio'].flatMap((name) => [
    `/etc/systemd/system/${name}.service.d/10-docker-migration.conf`,
    `/etc/systemd/system/${name}.service.d/http-proxy.conf`,
  ]),
  '/etc/systemd/system/kubelet.service.d/20-dockershim-migrate.conf',
  '/root/.docker/config.json',
  '/root/.dockercfg',
  '/var/lib/kubelet/config.json',
  '/var/lib/kubelet/config.yaml',
  '/var/lib/kubelet/instance-config.yaml',
  '/var/lib/kubelet/kubeadm-flags.env',
];

const PATTERNS = [
  '/etc/containers/registries.conf.d/*.conf',
  '/etc/modules-load.d/*.conf',
  ...['k3s', 'rke2'].flatMap((name) => [
    `/etc/rancher/${name}/*.yaml`,
    `/etc/rancher/${name}/config.yaml.d/*`,
    `/etc/systemd/system/${name}*.service`,
    `/var/lib/rancher/${name}/agent/etc/containerd/*.tmpl`,
  ]),
  '/etc/sysctl.d/*.conf',
  '/usr/lib/modules-load.d/*.conf',
  '/usr/lib/sysctl.d/*.conf',
];

/** Directories with one directory for each registry. */
const REGISTRIES = ['/etc/containerd/certs.d', '/etc/containers/certs.d', '/etc/docker/certs.d'];

export interface FilesInput {
  readonly files: FileReader;
  readonly units: Readonly<Record<string, UnitFacts>>;
  readonly containerdConfigPath: string;
  readonly crio: Pick<CrioFacts, 'configPath' | 'configDir'>;
  /** Further files that the kubelet is told of: environment files, its configuration. */
  readonly named: readonly string[];
}

/** The configuration that a migration reads or rewrites, by path; files that could be there and are not say so. */
export async function collectFiles(input: FilesInput): Promise<Record<string, FileFacts>> {
  const { files, units, containerdConfigPath, crio, named } = input;
  const ofUnits = Object.values(units).flatMap(({ fragmentPath, dropInPaths }) => [fragmentPath, ...dropInPaths]);
  const found = await Promise.all([
    containerdImports(files, containerdConfigPath),
    filesBelow(files, crio.configDir),
    ...PATTERNS.map((pattern) => expandGlob(files, pattern)),
    ...REGISTRIES.map((dir) => registryFiles(files, dir)),
  ]);
  const crioFiles = [crio.configPath, posix.join(crio.configDir, '10-docker-migration.conf')];
  const all = [...ALWAYS, containerdConfigPath, ...crioFiles, ...named, ...ofUnits, ...found.flat()];
  const paths = [...new Set(all)].filter((path) => posix.isAbsolute(path)).sort();
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, fileFacts(path, await files.read(path))] as const)),
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
