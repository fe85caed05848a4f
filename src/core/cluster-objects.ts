/** The parts of Kubernetes objects that the toolkit reads. Times are RFC 3339 strings as the API server gives them. */

export interface ObjectRef {
  readonly kind: string;
  readonly name: string;
  readonly apiVersion: string;
  readonly uid: string;
  readonly controller: boolean;
}

export interface NodeCondition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
  readonly lastHeartbeatTime: string;
}

export interface ClusterNode {
  readonly name: string;
  readonly uid: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
  readonly unschedulable: boolean;
  readonly providerId: string;
  readonly internalIp: string | undefined;
  readonly kubeletVersion: string;
  /** `docker://20.10.24`, `containerd://1.6.20~ds1`, … */
  readonly runtimeVersion: string;
  readonly osImage: string;
  readonly kernelVersion: string;
  readonly architecture: string;
  readonly conditions: readonly NodeCondition[];
  readonly allocatable: Readonly<Record<string, string>>;
}

export interface ContainerState {
  readonly name: string;
  readonly image: string;
  /** `docker://<id>`, `containerd://<id>`, or empty before it was created. */
  readonly containerId: string;
  readonly ready: boolean;
  readonly restartCount: number;
  /** Why it waits or ended: `CrashLoopBackOff`, `ImagePullBackOff`, `Completed`, …; empty while it runs. */
  readonly reason: string;
  readonly message: string;
}

/** What a container may do, as far as it hangs on what the runtime gives where the pod says nothing. */
export interface ContainerSecurity {
  readonly name: string;
  readonly privileged: boolean;
  /** The container's own, else its pod's; undefined for that of the image. */
  readonly runAsUser: number | undefined;
  readonly runAsNonRoot: boolean;
  /** Capabilities, as the pod writes them: `NET_RAW`, `ALL`. */
  readonly adds: readonly string[];
  readonly drops: readonly string[];
  /** `RuntimeDefault`, `Unconfined`, `Localhost`; undefined where neither container nor pod has a field for it. */
  readonly seccomp: string | undefined;
}

export interface ClusterPod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly nodeName: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly owners: readonly ObjectRef[];
  readonly phase: string;
  readonly ready: boolean;
  readonly deletionTimestamp: string | undefined;
  readonly terminationGracePeriodSeconds: number;
  readonly hostNetwork: boolean;
  readonly priorityClassName: string;
  readonly runtimeClassName: string | undefined;
  readonly hasEmptyDir: boolean;
  /** Names of the PersistentVolumeClaims it mounts, those of its generic ephemeral volumes too. */
  readonly claims?: readonly string[];
  readonly hostPorts: readonly number[];
  /** Images of all containers and init containers as the spec names them. */
  readonly images: readonly string[];
  readonly containers: readonly ContainerState[];
  readonly preStopContainers: readonly string[];
  /** Of all containers and init containers. */
  readonly security?: readonly ContainerSecurity[];
}

export interface LabelSelector {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly matchExpressions: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    readonly values: readonly string[];
  }[];
}

export interface DisruptionBudget {
  readonly namespace: string;
  readonly name: string;
  /** Which API group version it was read from: an empty selector means nothing in v1beta1 and everything in v1. */
  readonly apiVersion: 'policy/v1' | 'policy/v1beta1';
  readonly selector: LabelSelector | undefined;
  /** As the spec says it: `2`, `50%`; at most one of the two is set. */
  readonly minAvailable: string | undefined;
  readonly maxUnavailable: string | undefined;
  readonly disruptionsAllowed: number;
  readonly currentHealthy: number;
  readonly desiredHealthy: number;
  readonly expectedPods: number;
  readonly upToDate: boolean;
  /** Since 1.26; undefined means `IfHealthyBudget`. */
  readonly unhealthyPodEvictionPolicy?: 'IfHealthyBudget' | 'AlwaysAllow';
}
