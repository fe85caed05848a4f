import type { DockerFacts } from '../core/inventory.js';
import type { DockerConnection } from './docker-connection.js';
import { dockerContainers } from './docker-containers.js';
import { dockerImages } from './docker-images.js';
import { dockerReplies } from './docker-replies.js';

/** All that a Docker Engine tells of itself and of what it holds. */
export async function dockerFacts(connection: DockerConnection): Promise<Omit<DockerFacts, 'daemonJson'>> {
  const [info, containers, images, volumes] = await Promise.all([
    connection.request('asking for its settings', dockerReplies.info, (docker) => docker.info()),
    dockerContainers(connection),
    dockerImages(connection),
    connection.request('listing volumes', dockerReplies.volumes, (docker, options) => docker.listVolumes(options)),
  ]);
  const registries = info.RegistryConfig;
  const insecureNames = Object.entries(registries?.IndexConfigs ?? {})
    .filter(([, index]) => !index.Secure)
    .map(([name]) => name);
  return {
    version: connection.engineVersion,
    apiVersion: connection.apiVersion,
    rootDir: info.DockerRootDir,
    storageDriver: info.Driver,
    cgroupDriver: info.CgroupDriver,
    cgroupVersion: Number(info.CgroupVersion),
    loggingDriver: info.LoggingDriver,
    liveRestore: info.LiveRestoreEnabled,
    defaultRuntime: info.DefaultRuntime,
    runtimes: Object.fromEntries(Object.entries(info.Runtimes).map(([name, runtime]) => [name, runtime.path])),
    swarmState: info.Swarm,
    securityOptions: info.SecurityOptions,
    registryMirrors: registries?.Mirrors ?? [],
    insecureRegistries: [...(registries?.InsecureRegistryCIDRs ?? []), ...insecureNames.sort()],
    // Engines before 28 do not tell; who needs it there reads dockerd's command line.
    containerdAddress: info.Containerd?.Address ?? '',
    containers,
    images,
    volumes: volumes.Volumes.map((volume) => volume.Name).sort(),
  };
}
