import type { Version } from './version.js';

/** The runtime a conversion is for. Its schema follows from the version that is installed, never from the distribution. */
export interface RuntimeTarget {
  readonly kind: 'containerd' | 'crio' | 'cri-dockerd';
  readonly version: Version;
}

/**
 * What a node's Docker, its units and its kubelet are set to, said without naming a runtime: the readers of Docker's
 * settings write it, the generators of containerd's and CRI-O's configuration read it. Docker's defaults are undefined or empty.
 */
export interface RuntimeIntent {
  /** The kubelet's, with which every handler must agree. */
  readonly cgroupDriver: 'cgroupfs' | 'systemd';
  readonly sandboxImage: string;
  /** Docker's name: `overlay2`, `btrfs`, `devicemapper`. */
  readonly storageDriver: string;
  /** `overlay2.size=10G`. */
  readonly storageOptions: readonly string[];
  /** `data-root`, where it is not `/var/lib/docker`; the new runtime gets a directory beside it. */
  readonly dataRoot: string | undefined;
  /** `runc`, or a name among the handlers. */
  readonly defaultRuntime: string;
  /** Docker's `runtimes` but for `runc`. */
  readonly handlers: readonly HandlerIntent[];
  readonly cni: { readonly confDir: string; readonly binDirs: readonly string[] };
  readonly registries: RegistryIntent;
  readonly maxConcurrentDownloads: number | undefined;
  /** A Go duration: `10m0s`. */
  readonly pullProgressTimeout: string | undefined;
  /** `trace`, `debug`, `info`, `warn`, `error`, `fatal`. */
  readonly logLevel: string | undefined;
  readonly logFormat: 'json' | 'text' | undefined;
  /** `127.0.0.1:9323`, as Docker has it. */
  readonly metricsAddress: string | undefined;
  readonly oomScoreAdjust: number | undefined;
  readonly ulimits: readonly UlimitIntent[];
  /** A path; undefined for the one built in. */
  readonly seccompProfile: string | undefined;
  readonly selinux: boolean;
  readonly cdiSpecDirs: readonly string[];
  readonly nri: NriIntent | undefined;
  readonly proxies: readonly ProxyVariable[];
  /** Of docker.service, which the new runtime's unit is to have as well. */
  readonly serviceDirectives: readonly ServiceDirective[];
  /** Where the kubelet finds credentials of registries for the whole node, if it does. */
  readonly credentialsFile: string | undefined;
  /** Fields of KubeletConfiguration that take over what Docker did: `containerLogMaxSize: "10M"`. */
  readonly kubeletFields: Readonly<Record<string, string | number | boolean>>;
}

export interface HandlerIntent {
  /** `nvidia`: the handler's name, and Docker's. */
  readonly name: string;
  /** `path`: an OCI runtime's binary. Undefined where a shim is named instead. */
  readonly path: string | undefined;
  /** `runtimeArgs`, for which no other runtime has a place. */
  readonly args: readonly string[];
  /** `runtimeType`: `io.containerd.kata.v2`, or a shim's path. */
  readonly type: string | undefined;
  /** `options` of the shim, without `TypeUrl`. */
  readonly options: Readonly<Record<string, unknown>>;
}

export interface RegistryIntent {
  /** Of Docker Hub and of nothing else, in their order; with a scheme and without a slash at the end. */
  readonly mirrors: readonly string[];
  /** `10.0.0.5:5000`: HTTPS without verification, else HTTP. */
  readonly insecure: readonly string[];
  /** `10.20.0.0/16`. */
  readonly insecureNets: readonly string[];
  readonly certificates: readonly RegistryCertificates[];
}

/** A directory of `/etc/docker/certs.d`; paths are those of the files there. */
export interface RegistryCertificates {
  /** `registry.corp.example:5443`. */
  readonly host: string;
  readonly ca: readonly string[];
  readonly client: readonly { readonly cert: string; readonly key: string }[];
}

/** -1 is unlimited; bytes for those that are sizes. */
export interface UlimitIntent {
  readonly name: string;
  readonly soft: number;
  readonly hard: number;
}

export interface NriIntent {
  readonly enable: boolean;
  readonly pluginPath: string | undefined;
  readonly pluginConfigPath: string | undefined;
  readonly socketPath: string | undefined;
}

export interface ProxyVariable {
  /** `HTTP_PROXY`, also in lower case where it was written so. */
  readonly name: string;
  /** Decoded: without the quotes and the doubled percent signs of units. A password in it is a marker. */
  readonly value: string;
}

export interface ServiceDirective {
  readonly section: 'Unit' | 'Service';
  /** `LimitNOFILE`, `TasksMax`, `RequiresMountsFor`. */
  readonly key: string;
  readonly value: string;
}

/** Docker's defaults, on which the settings of a node are laid. */
export const DEFAULT_INTENT: RuntimeIntent = {
  cgroupDriver: 'cgroupfs',
  sandboxImage: '',
  storageDriver: 'overlay2',
  storageOptions: [],
  dataRoot: undefined,
  defaultRuntime: 'runc',
  handlers: [],
  cni: { confDir: '/etc/cni/net.d', binDirs: ['/opt/cni/bin'] },
  registries: { mirrors: [], insecure: [], insecureNets: [], certificates: [] },
  maxConcurrentDownloads: undefined,
  pullProgressTimeout: undefined,
  logLevel: undefined,
  logFormat: undefined,
  metricsAddress: undefined,
  oomScoreAdjust: undefined,
  ulimits: [],
  seccompProfile: undefined,
  selinux: false,
  cdiSpecDirs: [],
  nri: undefined,
  proxies: [],
  serviceDirectives: [],
  credentialsFile: undefined,
  kubeletFields: {},
};
