import type { Notice } from './plan.js';

/** A file that the new runtime or the kubelet is to have. */
export interface GeneratedFile {
  /** Which step of the playbook writes it: `runtime` while the node serves, `kubelet` in the dark window. */
  readonly group: 'kernel' | 'runtime' | 'kubelet';
  readonly path: string;
  readonly mode: number;
  /** With markers in the place of secrets, see `secret-markers.ts`: the true ones are put in on the node. */
  readonly content: string;
  readonly why: string;
}

/** What becomes of a setting: of Docker's, of what Docker is started with, of the kubelet's. */
export const OUTCOMES = ['converted', 'kubelet', 'systemd', 'warning', 'not-needed', 'refused'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** One line of the table of settings. */
export interface SettingAnswer {
  /** The file that says it now: `/etc/docker/daemon.json`, `/etc/systemd/system/docker.service.d/http-proxy.conf`. */
  readonly source: string;
  /** `log-opts.max-size`, `--network-plugin`, `LimitNOFILE`. */
  readonly key: string;
  /** As it is written, as JSON; a secret in it is a marker. */
  readonly value: unknown;
  readonly outcome: Outcome;
  /** Where it is said from now on, file and key; empty where nothing says it any more. */
  readonly target: string;
  /** What it means for pods or for the operator: one sentence, without a full stop. */
  readonly note: string;
}

/** A difference between Docker's containers and the new runtime's that the plan knows of, so that the proof does not fail by it. */
export interface AnnouncedDifference {
  /** What the proof compares: `capability:NET_RAW`, `ulimit:nofile`, `log-format`; `*` at the end stands for anything. */
  readonly aspect: string;
  readonly note: string;
}

/** A Kubernetes object that the cluster should have and has not; the tool shows it and does not create it. */
export interface ProposedManifest {
  readonly name: string;
  readonly content: string;
  readonly why: string;
}

/** Files and what there is to say about them: what every generator makes. */
export interface ConfigPart {
  readonly files: readonly GeneratedFile[];
  readonly notices: readonly Notice[];
  readonly settings: readonly SettingAnswer[];
}

/** What a node's Docker and kubelet configuration becomes under the target runtime. */
export interface Conversion extends ConfigPart {
  readonly runtimeUnit: string;
  /** `unix:///run/containerd/containerd.sock`. */
  readonly endpoint: string;
  readonly cgroupDriver: 'cgroupfs' | 'systemd';
  readonly sandboxImage: string;
  readonly kernelModules: readonly string[];
  readonly sysctls: Readonly<Record<string, string>>;
  /** The file whose reading by the runtime itself (`containerd config dump`, `crio config`) proves that it will start with it. */
  readonly runtimeConfigPath: string;
  readonly differences: readonly AnnouncedDifference[];
  readonly manifests: readonly ProposedManifest[];
}
