import type { ClusterNode, ClusterPod, DisruptionBudget } from './cluster-objects.js';
import type { CriFacts, DockerContainer, DockerFacts, DockerImage, RuntimeClassFacts } from './inventory.js';

/** What a command left behind. A non-zero code is an answer, not an exception. */
export interface ExecResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ExecOptions {
  /** Default 30,000. */
  readonly timeoutMs?: number;
  readonly input?: string | Uint8Array;
  readonly signal?: AbortSignal;
}

export interface FileStat {
  readonly type: 'file' | 'directory' | 'symlink' | 'socket' | 'other';
  /** Permission bits only, `0o644`. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly sizeBytes: number;
  /** Of a symlink, as it is written. */
  readonly linkTarget?: string;
}

/** A unix socket of the host, reachable here until it is closed. */
export interface DialledSocket {
  /** A path on this machine that a client can connect to. */
  readonly path: string;
  close(): Promise<void>;
}

/**
 * A machine that can be looked at and not changed.
 *
 * `query` runs commands that change nothing; implementations refuse all others, so that a dry run cannot mutate
 * even by mistake. Errors: `MigrateError` `unreachable`, `denied`, `timeout`; `bug` for a command not known as a reading one.
 */
export interface ReadHost {
  /** As the operator calls it. */
  readonly name: string;
  readonly via: 'local' | 'ssh';
  query(argv: readonly string[], options?: ExecOptions): Promise<ExecResult>;
  /** Undefined when the file does not exist. Follows symlinks. */
  readFile(path: string): Promise<Uint8Array | undefined>;
  /** Does not follow a final symlink. */
  stat(path: string): Promise<FileStat | undefined>;
  /** Names in a directory, sorted; empty when it does not exist. */
  list(path: string): Promise<readonly string[]>;
  dial(socketPath: string): Promise<DialledSocket>;
}

/** A machine that can be changed. */
export interface Host extends ReadHost {
  run(argv: readonly string[], options?: ExecOptions): Promise<ExecResult>;
  /** Atomic (a new file renamed into place) and fsynced; writes through a final symlink. Parent directories are made, 0755. */
  writeFile(path: string, content: string | Uint8Array, attributes: FileAttributes): Promise<void>;
  /** Appends and fsyncs before it returns. The file is created with mode 0600. */
  appendFile(path: string, text: string): Promise<void>;
  /** Creates the file and fails with code `blocked` when it exists. */
  createExclusive(path: string, content: string): Promise<void>;
  makeDirectory(path: string, mode: number): Promise<void>;
  /** A file, a link or an empty directory; nothing happens when it does not exist. */
  remove(path: string): Promise<void>;
  makeLink(path: string, target: string): Promise<void>;
}

export interface FileAttributes {
  readonly mode: number;
  readonly uid?: number;
  readonly gid?: number;
}

export interface DockerReader {
  facts(): Promise<Omit<DockerFacts, 'daemonJson'>>;
  /** All, also those that have ended. */
  containers(): Promise<readonly DockerContainer[]>;
  images(): Promise<readonly DockerImage[]>;
  /** Paths of layers shared by images, to count them once: image id → layer digests with the whole store's sizes unknown. */
  layers(imageId: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface DockerApi extends DockerReader {
  /** Signals the container and waits up to `graceSeconds` before it is killed. 404 and "not running" are success. */
  stop(id: string, graceSeconds: number): Promise<void>;
  kill(id: string): Promise<void>;
  /** With its anonymous volumes kept; 404 is success. */
  removeContainer(id: string): Promise<void>;
  start(id: string): Promise<void>;
}

export interface CriReader {
  facts(): Promise<CriFacts>;
  /** Undefined when there is no such container. */
  container(id: string): Promise<CriContainerStatus | undefined>;
  close(): Promise<void>;
}

export interface CriContainerStatus {
  readonly running: boolean;
  /** Of its first process, on the host; undefined where the runtime does not tell (dockershim, cri-dockerd). */
  readonly pid: number | undefined;
  /** Where the kubelet looks for its log; empty without one. */
  readonly logPath: string;
}

export interface SandboxRequest {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly logDirectory: string;
  readonly hostNetwork: boolean;
  readonly cgroupParent: string;
  /** What the kubelet would have made of the pod's dnsPolicy. */
  readonly dns?: {
    readonly servers: readonly string[];
    readonly searches: readonly string[];
    readonly options: readonly string[];
  };
  /** The container asks for the runtime's own seccomp profile; else it says nothing of seccomp. */
  readonly seccomp?: 'runtime-default';
}

export interface CriApi extends CriReader {
  /** Starts a sandbox and one container of `image` in it; resolves when the container runs. */
  runPod(
    request: SandboxRequest,
    image: string,
  ): Promise<{
    readonly sandboxId: string;
    readonly containerId: string;
    readonly ip: string;
    readonly milliseconds: number;
  }>;
  /** Stops, which gives the network back, and removes; a sandbox that is gone is success. */
  removeSandbox(id: string, deadlineMs?: number): Promise<void>;
  /** One that is gone is success. containerd takes every name of the image away, CRI-O the one that was said. */
  removeImage(ref: string): Promise<void>;
  /** By the runtime itself, from wherever its configuration says, without the credentials of any pod. */
  pullImage(ref: string): Promise<void>;
}

export interface KubeReader {
  /** `1.21`; also the proof that the API server answers. */
  serverVersion(): Promise<string>;
  node(name: string): Promise<ClusterNode | undefined>;
  nodes(): Promise<readonly ClusterNode[]>;
  podsOn(node: string): Promise<readonly ClusterPod[]>;
  pod(namespace: string, name: string): Promise<ClusterPod | undefined>;
  budgets(): Promise<readonly DisruptionBudget[]>;
  /** Sorted by name; none where the API server knows no such kind. */
  runtimeClasses(): Promise<readonly RuntimeClassFacts[]>;
  /** Whether the DaemonSet that owns a pod still exists. */
  daemonSetExists(namespace: string, name: string): Promise<boolean>;
  /** Names of the VolumeAttachments that hold a volume on the node, without those of the claims of pods that stay there. */
  volumeAttachments(
    node: string,
    except?: readonly { readonly namespace: string; readonly claim: string }[],
  ): Promise<readonly string[]>;
  /** The pool a managed-node service or Cluster API put the node in is read from the Node; this tells what the user may do. */
  missingPermissions(): Promise<readonly string[]>;
}

/** Objects of any kind, a page at a time, so that memory does not grow with the cluster. */
export interface ObjectLister {
  /** `path` is the list's: `/api/v1/pods`. Errors: `denied`, `not-found` for what is not served, `unreachable`, `timeout`. */
  pages(path: string, resource: string): AsyncIterable<readonly unknown[]>;
}

export type EvictionAnswer =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'gone' }
  /** 429: a budget or the API server's own throttling. */
  | {
      readonly outcome: 'refused';
      readonly because: string;
      readonly budget: string | undefined;
      readonly retryAfterMs: number | undefined;
    }
  | { readonly outcome: 'namespace-terminating'; readonly because: string }
  /** Worth another try: network, 5xx, conflict. */
  | { readonly outcome: 'transient'; readonly because: string }
  | { readonly outcome: 'failed'; readonly because: string };

export interface KubeApi extends KubeReader {
  setUnschedulable(node: string, unschedulable: boolean): Promise<void>;
  /** `null` takes an annotation away. */
  annotate(node: string, annotations: Readonly<Record<string, string | null>>): Promise<void>;
  evict(pod: ClusterPod, graceSeconds: number | undefined): Promise<EvictionAnswer>;
}

/** Time as the engine sees it, so that tests can hold it. */
export interface Clock {
  now(): Date;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
