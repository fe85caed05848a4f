import type { CriContainer, CriFacts, CriImage } from '../core/inventory.js';
import { MigrateError, messageOf } from '../core/errors.js';
import type { ContainerStateName } from './cri-calls.js';
import type { CriConnection } from './cri-connection.js';

const STATES: Readonly<Record<ContainerStateName, CriContainer['state']>> = {
  CONTAINER_CREATED: 'created',
  CONTAINER_RUNNING: 'running',
  CONTAINER_EXITED: 'exited',
  CONTAINER_UNKNOWN: 'unknown',
};

/**
 * All that a runtime tells over the CRI. It is all or nothing: an empty list in place of one that could not be read
 * would say that there is nothing. Every call that failed is named.
 */
export async function criFacts(connection: CriConnection): Promise<CriFacts> {
  const failures: MigrateError[] = [];
  const collect = <T>(call: Promise<T>): Promise<T | undefined> =>
    call.catch((error: unknown) => {
      failures.push(
        error instanceof MigrateError ? error : new MigrateError('bug', messageOf(error), { cause: error }),
      );
      return undefined;
    });
  const [version, status, sandboxes, containers, images, filesystems] = await Promise.all([
    collect(connection.call('RuntimeService/Version', {})),
    collect(connection.call('RuntimeService/Status', { verbose: true })),
    collect(connection.call('RuntimeService/ListPodSandbox', {})),
    collect(connection.call('RuntimeService/ListContainers', {})),
    collect(connection.call('ImageService/ListImages', {})),
    collect(connection.call('ImageService/ImageFsInfo', {})),
  ]);
  if (!version || !status || !sandboxes || !containers || !images || !filesystems) throw joined(failures);
  return {
    api: connection.api,
    runtimeName: version.runtimeName,
    runtimeVersion: version.runtimeVersion,
    conditions: status.status?.conditions ?? [],
    info: status.info,
    sandboxes: sandboxes.items.map(({ id, metadata, state }) => ({
      id,
      name: metadata?.name ?? '',
      namespace: metadata?.namespace ?? '',
      uid: metadata?.uid ?? '',
      ready: state === 'SANDBOX_READY',
    })),
    containers: containers.containers.map(({ id, podSandboxId, metadata, state }) => ({
      id,
      sandboxId: podSandboxId,
      name: metadata?.name ?? '',
      attempt: metadata?.attempt ?? 0,
      state: STATES[state],
    })),
    images: images.images.map((image): CriImage => ({
      id: image.id,
      tags: image.repoTags,
      digests: image.repoDigests,
      sizeBytes: image.size,
    })),
    imageFilesystems: filesystems.imageFilesystems.map(({ fsId, usedBytes }) => ({
      mountPoint: fsId?.mountpoint ?? '',
      usedBytes: usedBytes?.value ?? 0,
    })),
  };
}

function joined(failures: readonly MigrateError[]): MigrateError {
  const [first, ...rest] = failures;
  if (first === undefined) return new MigrateError('bug', 'a CRI call gave nothing and no reason');
  if (rest.length === 0) return first;
  return new MigrateError(first.code, failures.map(messageOf).join('; '), { cause: first });
}
