/** A pod as the kubelet hands it to a runtime. */
export interface PodSpec {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly isStatic: boolean;
  readonly hostNetwork: boolean;
  readonly graceSeconds: number;
  /** How long its processes take to end when asked; for ever without it. */
  readonly endsAfterMs: number | undefined;
  readonly logDirectory: string;
  readonly containers: readonly { readonly name: string; readonly image: string }[];
}

/** What a kubelet runs pods in. Failures throw with the words that end up in a pod's status. */
export interface PodRuntime {
  readonly prefix: 'docker://' | 'containerd://' | 'cri-o://';
  readonly version: string;
  reachable(): boolean;
  startUp(): void;
  /** The pod's containers, made where they did not run. */
  ensure(pod: PodSpec): readonly { readonly name: string; readonly id: string }[];
  kill(uid: string): void;
  podUids(): readonly string[];
}
