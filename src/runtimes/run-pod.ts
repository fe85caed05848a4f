import { MigrateError, messageOf } from '../core/errors.js';
import type { CriApi, SandboxRequest } from '../core/ports.js';
import type { ContainerConfig, NamespaceOptions, SandboxConfig } from './cri-calls.js';
import type { CriConnection } from './cri-connection.js';
import { removeSandbox } from './remove-sandbox.js';
import { waitForRunning } from './wait-for-running.js';

/** Network set-up included; a first CNI ADD may have to wait for the plugin's own daemon. */
const SANDBOX_TIMEOUT_MS = 60_000;
/** Where the network plugin is what failed, it fails to take back as well: containerd keeps such a sandbox until it is mended. */
const CLEAN_UP_DEADLINE_MS = 3_000;
const CONTAINER_NAME = 'probe';
const LOG_PATH = `${CONTAINER_NAME}/0.log`;
const UID_LABEL = 'io.kubernetes.pod.uid';

/** What a kubelet sends for a container without requests, limits or a securityContext. */
const BEST_EFFORT = { cpuShares: 2, oomScoreAdj: 1000 };
const MASKED_PATHS = [
  ...['/proc/acpi', '/proc/kcore', '/proc/keys', '/proc/latency_stats', '/proc/timer_list', '/proc/timer_stats'],
  ...['/proc/sched_debug', '/proc/scsi', '/sys/firmware'],
];
const READONLY_PATHS = ['/proc/asound', '/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];
/** In the words of kubelets up to 1.21, and of later ones. */
const RUNTIME_DEFAULT = {
  seccompProfilePath: 'runtime/default',
  seccomp: { profileType: 'RuntimeDefault' },
} as const;

/** Starts a sandbox with one container, as a kubelet would. Nothing is pulled, and what failed is taken away again. */
export async function runPod(
  connection: CriConnection,
  request: SandboxRequest,
  image: string,
): ReturnType<CriApi['runPod']> {
  const present = await connection.call('ImageService/ImageStatus', { image: { image } });
  if (present.image === null) {
    throw new MigrateError('not-found', `${connection.subject}: image ${image} is not there, and it is not pulled`, {
      hint: 'import the image first',
    });
  }
  const sandboxConfig = sandboxOf(request);
  const begun = performance.now();
  try {
    const sandbox = await connection.call(
      'RuntimeService/RunPodSandbox',
      { config: sandboxConfig },
      SANDBOX_TIMEOUT_MS,
    );
    const podSandboxId = sandbox.podSandboxId;
    const config = containerOf(sandboxConfig, image, request);
    const { containerId } = await connection.call('RuntimeService/CreateContainer', {
      podSandboxId,
      config,
      sandboxConfig,
    });
    await connection.call('RuntimeService/StartContainer', { containerId });
    await waitForRunning(connection, containerId);
    const milliseconds = Math.round(performance.now() - begun);
    const { status } = await connection.call('RuntimeService/PodSandboxStatus', { podSandboxId });
    return { sandboxId: podSandboxId, containerId, ip: status?.network?.ip ?? '', milliseconds };
  } catch (error) {
    throw await cleanedUp(connection, request, error);
  }
}

/** By label, because a RunPodSandbox that failed or was too slow may leave a sandbox and never tells its id. */
async function cleanedUp(connection: CriConnection, request: SandboxRequest, error: unknown): Promise<unknown> {
  try {
    const filter = { labelSelector: { [UID_LABEL]: request.uid } };
    const { items } = await connection.call('RuntimeService/ListPodSandbox', { filter });
    for (const { id } of items) await removeSandbox(connection, id, CLEAN_UP_DEADLINE_MS);
    return error;
  } catch (second) {
    const code = error instanceof MigrateError ? error.code : 'failed';
    return new MigrateError(code, `${messageOf(error)}; and what it left could not be removed: ${messageOf(second)}`, {
      hint: `remove the sandbox with crictl: crictl pods --name ${request.name}`,
      cause: error,
    });
  }
}

function sandboxOf(request: SandboxRequest): SandboxConfig {
  return {
    metadata: { name: request.name, namespace: request.namespace, uid: request.uid, attempt: 0 },
    hostname: request.hostNetwork ? '' : request.name,
    logDirectory: request.logDirectory,
    ...(request.dns === undefined ? {} : { dnsConfig: request.dns }),
    labels: {
      'io.kubernetes.pod.name': request.name,
      'io.kubernetes.pod.namespace': request.namespace,
      [UID_LABEL]: request.uid,
    },
    linux: { cgroupParent: request.cgroupParent, securityContext: { namespaceOptions: namespacesOf(request) } },
  };
}

function containerOf(sandbox: SandboxConfig, image: string, request: SandboxRequest): ContainerConfig {
  return {
    metadata: { name: CONTAINER_NAME, attempt: 0 },
    image: { image },
    labels: { ...sandbox.labels, 'io.kubernetes.container.name': CONTAINER_NAME },
    ...(request.logDirectory === '' ? {} : { logPath: LOG_PATH }),
    linux: {
      // Old CRI-O dereferences both of these without a look.
      resources: BEST_EFFORT,
      securityContext: {
        ...sandbox.linux.securityContext,
        maskedPaths: MASKED_PATHS,
        readonlyPaths: READONLY_PATHS,
        ...(request.seccomp === undefined ? {} : RUNTIME_DEFAULT),
      },
    },
  };
}

// The zero value of `pid` would share one process namespace in the whole pod, which pods do not by default.
const namespacesOf = (request: SandboxRequest): NamespaceOptions => ({
  network: request.hostNetwork ? 'NODE' : 'POD',
  pid: 'CONTAINER',
  ipc: 'POD',
});
