import type { ClusterNode, ClusterPod, DisruptionBudget } from './cluster-objects.js';
import type { Fact } from './fact.js';

/** All that is known of one node. Plain data: it can be saved, carried elsewhere, and planned from there. */
export interface NodeInventory {
  readonly apiVersion: 'dockershim-migrate.io/v1';
  readonly kind: 'NodeInventory';
  readonly name: string;
  readonly collectedAt: string;
  /** From the Kubernetes API. */
  readonly node: Fact<ClusterNode>;
  /** Every pod bound to the node. */
  readonly pods: Fact<readonly ClusterPod[]>;
  /** Every budget of the cluster, whether or not it selects a pod of this node. */
  readonly budgets: Fact<readonly DisruptionBudget[]>;
  readonly runtimeClasses: Fact<readonly RuntimeClassFacts[]>;
  /** From the host. */
  readonly os: Fact<OsFacts>;
  readonly packages: Fact<PackageFacts>;
  /** By full unit name; a unit that systemd does not know has `loadState: 'not-found'`. */
  readonly units: Fact<Readonly<Record<string, UnitFacts>>>;
  readonly kubelet: Fact<KubeletFacts>;
  readonly cni: Fact<CniFacts>;
  readonly kernel: Fact<KernelFacts>;
  readonly disks: Fact<readonly DiskFacts[]>;
  /** Configuration files by path, those that do not exist with `exists: false`. */
  readonly files: Fact<Readonly<Record<string, FileFacts>>>;
  readonly containerd: Fact<ContainerdFacts>;
  readonly crio: Fact<CrioFacts>;
  readonly criDockerd: Fact<CriDockerdFacts>;
  readonly docker: Fact<DockerFacts>;
  /** One for each CRI socket that exists. */
  readonly criEndpoints: readonly CriEndpointFacts[];
  /** What earlier runs of the toolkit left on the node: their journals and the lock. */
  readonly migrations: Fact<MigrationFacts>;
}

export interface OsFacts {
  readonly id: string;
  readonly idLike: readonly string[];
  readonly versionId: string;
  readonly prettyName: string;
  readonly kernel: string;
  readonly architecture: string;
}

export interface PackageFacts {
  readonly manager: 'apt' | 'dnf' | 'yum' | 'none';
  /** Runtime packages that are installed: docker.io, docker-ce, containerd, containerd.io, runc, cri-o, … */
  readonly installed: Readonly<Record<string, string>>;
  /** Those of them that the package manager would keep if nothing needed them (apt only). */
  readonly manual: readonly string[];
}

export interface UnitFacts {
  readonly loadState: string;
  readonly activeState: string;
  readonly subState: string;
  /** `enabled`, `disabled`, `masked`, `static`, `not-found`, … */
  readonly unitFileState: string;
  readonly fragmentPath: string;
  readonly dropInPaths: readonly string[];
  readonly requires: readonly string[];
  readonly wants: readonly string[];
  readonly after: readonly string[];
  readonly bindsTo: readonly string[];
  readonly partOf: readonly string[];
  readonly mainPid: number;
  readonly restarts: number;
}

export interface FileFacts {
  readonly exists: boolean;
  /** Of the true bytes. */
  readonly sha256: string;
  readonly mode: number;
  /** Secrets in it are markers, see `secret-markers.ts`. */
  readonly content: string;
  /** The content is the file's: no note in brackets in the place of what is no text, too long, or no regular file. */
  readonly whole: boolean;
}

export interface KubeletFacts {
  readonly pid: number;
  /** `1.21.2` without the `v`. */
  readonly version: string;
  /** `/proc/<pid>/cmdline`, the binary first. */
  readonly argv: readonly string[];
  /** The last value of every flag, dashes for underscores, without the leading dashes. */
  readonly flags: Readonly<Record<string, string>>;
  /** ExecStart as the unit and its drop-ins write it, variables unexpanded. */
  readonly execStart: string;
  /** Where each variable of ExecStart gets its value, the one that counts last. */
  readonly environmentFiles: readonly { readonly path: string; readonly optional: boolean }[];
  /** `Environment=` of the unit and its drop-ins. */
  readonly environment: Readonly<Record<string, string>>;
  /** `--config`'s path and parsed YAML; an empty object where the kubelet has none. */
  readonly configPath: string | undefined;
  readonly config: Readonly<Record<string, unknown>>;
  readonly runtime: KubeletRuntime;
  readonly cgroupDriver: 'cgroupfs' | 'systemd';
  readonly staticPodPath: string | undefined;
  readonly inContainer: boolean;
}

/** What the kubelet really talks to, from its flags and configuration. */
export interface KubeletRuntime {
  readonly kind: 'dockershim' | 'cri-dockerd' | 'containerd' | 'cri-o' | 'other';
  /** Normalised: `unix:///run/…`; dockershim's own socket for dockershim. */
  readonly endpoint: string;
}

export interface CniFacts {
  readonly confDir: string;
  readonly binDir: string;
  /** In the order in which a runtime would pick them. */
  readonly networks: readonly CniNetwork[];
  readonly binaries: readonly string[];
}

export interface CniNetwork {
  readonly file: string;
  readonly name: string;
  readonly cniVersion: string;
  readonly pluginTypes: readonly string[];
}

export interface KernelFacts {
  readonly cgroupVersion: 1 | 2;
  readonly modules: readonly string[];
  readonly sysctls: Readonly<Record<string, string>>;
}

export interface DiskFacts {
  /** The directory asked about: `/var/lib/containerd`, Docker's root, … */
  readonly path: string;
  readonly mountPoint: string;
  readonly fsType: string;
  readonly freeBytes: number;
  readonly totalBytes: number;
}

export interface ContainerdFacts {
  readonly binary: string;
  /** `1.6.20` without build suffixes. */
  readonly version: string;
  /** The TOML it would run with now, by its own `config dump`; undefined when that fails. */
  readonly effectiveConfig: string | undefined;
}

export interface CrioFacts {
  readonly binary: string;
  /** `1.23.5` without build suffixes. */
  readonly version: string;
  /** `/etc/crio/crio.conf`, unless its unit says otherwise. */
  readonly configPath: string;
  /** `/etc/crio/crio.conf.d`: every file below counts, whatever its name ends with. */
  readonly configDir: string;
  /** The TOML it would run with now, by its own `crio config`; undefined when that fails. */
  readonly effectiveConfig: string | undefined;
}

export interface CriDockerdFacts {
  readonly binary: string;
  /** `0.3.4`. */
  readonly version: string;
  /** `cri-docker.service`, or what else starts it; undefined where no unit does. */
  readonly unit: string | undefined;
  /** As the unit and its drop-ins write it. */
  readonly execStart: string;
}

export interface RuntimeClassFacts {
  readonly name: string;
  readonly handler: string;
}

export interface DockerFacts {
  readonly version: string;
  readonly apiVersion: string;
  readonly rootDir: string;
  readonly storageDriver: string;
  readonly cgroupDriver: string;
  readonly cgroupVersion: number;
  readonly loggingDriver: string;
  readonly liveRestore: boolean;
  readonly defaultRuntime: string;
  readonly runtimes: Readonly<Record<string, string>>;
  /** `inactive`, `active`, `pending`, `locked`, `error`. */
  readonly swarmState: string;
  readonly securityOptions: readonly string[];
  readonly registryMirrors: readonly string[];
  readonly insecureRegistries: readonly string[];
  /** The address of the containerd that dockerd uses. */
  readonly containerdAddress: string;
  readonly daemonJson: Readonly<Record<string, unknown>>;
  readonly containers: readonly DockerContainer[];
  readonly images: readonly DockerImage[];
  readonly volumes: readonly string[];
}

export type ContainerOwner =
  | {
      readonly kind: 'dockershim';
      readonly role: 'sandbox' | 'container';
      readonly namespace: string;
      readonly pod: string;
      readonly podUid: string;
      readonly container: string;
    }
  /** Named or labelled like one of Kubernetes', but not by dockershim. */
  | { readonly kind: 'kubernetes-other'; readonly why: string }
  | { readonly kind: 'compose'; readonly project: string }
  | { readonly kind: 'swarm'; readonly service: string }
  | { readonly kind: 'rke'; readonly component: string }
  | { readonly kind: 'plain' };

export interface DockerContainer {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly imageId: string;
  readonly command: string;
  /** `running`, `exited`, … */
  readonly state: string;
  readonly startedAt: string;
  readonly restartPolicy: string;
  readonly pid: number;
  readonly owner: ContainerOwner;
  readonly labels: Readonly<Record<string, string>>;
}

export interface DockerImage {
  readonly id: string;
  readonly tags: readonly string[];
  readonly digests: readonly string[];
  readonly sizeBytes: number;
}

export interface CriEndpointFacts {
  /** `unix:///run/containerd/containerd.sock`. */
  readonly endpoint: string;
  readonly status: Fact<CriFacts>;
}

export interface CriFacts {
  readonly api: 'runtime.v1' | 'runtime.v1alpha2';
  readonly runtimeName: string;
  readonly runtimeVersion: string;
  readonly conditions: readonly {
    readonly type: string;
    readonly status: boolean;
    readonly reason: string;
    readonly message: string;
  }[];
  /** The verbose info: JSON texts by name. */
  readonly info: Readonly<Record<string, string>>;
  readonly sandboxes: readonly CriSandbox[];
  readonly containers: readonly CriContainer[];
  readonly images: readonly CriImage[];
  readonly imageFilesystems: readonly { readonly mountPoint: string; readonly usedBytes: number }[];
}

export interface CriSandbox {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly ready: boolean;
}

export interface CriContainer {
  readonly id: string;
  readonly sandboxId: string;
  readonly name: string;
  readonly attempt: number;
  readonly state: 'created' | 'running' | 'exited' | 'unknown';
}

export interface CriImage {
  readonly id: string;
  readonly tags: readonly string[];
  readonly digests: readonly string[];
  readonly sizeBytes: number;
}

export interface MigrationFacts {
  readonly lock: { readonly planId: string; readonly owner: string; readonly since: string } | undefined;
  /** By plan id, the newest last. */
  readonly journals: readonly { readonly planId: string; readonly outcome: string; readonly at: string }[];
}
