/**
 * What the calls take and give, as the decoder hands it over: every field is there, strings and numbers with their zero
 * value and messages as null where the other side left them out, enums by name, 64-bit numbers as numbers.
 */
export interface CriCalls {
  'RuntimeService/Version': {
    request: { version?: string };
    reply: { runtimeName: string; runtimeVersion: string; runtimeApiVersion: string };
  };
  'RuntimeService/Status': {
    request: { verbose: boolean };
    reply: {
      status: { conditions: readonly { type: string; status: boolean; reason: string; message: string }[] } | null;
      info: Record<string, string>;
    };
  };
  'RuntimeService/RunPodSandbox': { request: { config: SandboxConfig }; reply: { podSandboxId: string } };
  'RuntimeService/StopPodSandbox': { request: { podSandboxId: string }; reply: object };
  'RuntimeService/RemovePodSandbox': { request: { podSandboxId: string }; reply: object };
  'RuntimeService/PodSandboxStatus': {
    request: { podSandboxId: string };
    reply: { status: { network: { ip: string } | null } | null };
  };
  'RuntimeService/ListPodSandbox': {
    request: { filter?: { labelSelector: Record<string, string> } };
    reply: {
      items: readonly {
        id: string;
        metadata: { name: string; namespace: string; uid: string } | null;
        state: 'SANDBOX_READY' | 'SANDBOX_NOTREADY';
      }[];
    };
  };
  'RuntimeService/CreateContainer': {
    request: { podSandboxId: string; config: ContainerConfig; sandboxConfig: SandboxConfig };
    reply: { containerId: string };
  };
  'RuntimeService/StartContainer': { request: { containerId: string }; reply: object };
  'RuntimeService/ContainerStatus': {
    request: { containerId: string; verbose?: boolean };
    reply: {
      status: {
        state: ContainerStateName;
        exitCode: number;
        reason: string;
        message: string;
        logPath: string;
      } | null;
      info: Record<string, string>;
    };
  };
  'RuntimeService/ListContainers': {
    request: object;
    reply: {
      containers: readonly {
        id: string;
        podSandboxId: string;
        metadata: { name: string; attempt: number } | null;
        state: ContainerStateName;
      }[];
    };
  };
  'ImageService/ListImages': { request: object; reply: { images: readonly ImageMessage[] } };
  'ImageService/ImageStatus': { request: { image: { image: string } }; reply: { image: ImageMessage | null } };
  'ImageService/PullImage': { request: { image: { image: string } }; reply: { imageRef: string } };
  'ImageService/RemoveImage': { request: { image: { image: string } }; reply: object };
  'ImageService/ImageFsInfo': {
    request: object;
    reply: {
      imageFilesystems: readonly { fsId: { mountpoint: string } | null; usedBytes: { value: number } | null }[];
    };
  };
}

export type ContainerStateName = 'CONTAINER_CREATED' | 'CONTAINER_RUNNING' | 'CONTAINER_EXITED' | 'CONTAINER_UNKNOWN';

export interface SandboxConfig {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly attempt: number;
  };
  readonly hostname: string;
  readonly logDirectory: string;
  readonly dnsConfig?: {
    readonly servers: readonly string[];
    readonly searches: readonly string[];
    readonly options: readonly string[];
  };
  readonly labels: Readonly<Record<string, string>>;
  readonly linux: {
    readonly cgroupParent: string;
    readonly securityContext: { readonly namespaceOptions: NamespaceOptions };
  };
}

export interface ContainerConfig {
  readonly metadata: { readonly name: string; readonly attempt: number };
  readonly image: { readonly image: string };
  readonly labels: Readonly<Record<string, string>>;
  /** Below the sandbox's log directory. */
  readonly logPath?: string;
  readonly linux: {
    readonly resources: { readonly cpuShares?: number; readonly oomScoreAdj?: number };
    readonly securityContext: {
      readonly namespaceOptions: NamespaceOptions;
      readonly maskedPaths?: readonly string[];
      readonly readonlyPaths?: readonly string[];
      readonly seccompProfilePath?: string;
      readonly seccomp?: { readonly profileType: 'RuntimeDefault' | 'Unconfined' };
    };
  };
}

export interface NamespaceOptions {
  readonly network: 'POD' | 'NODE';
  readonly pid: 'CONTAINER';
  readonly ipc: 'POD';
}

interface ImageMessage {
  readonly id: string;
  readonly repoTags: readonly string[];
  readonly repoDigests: readonly string[];
  readonly size: number;
}
