import type { Notice } from './plan.js';

/** A file that the new runtime or the kubelet is to have. */
export interface GeneratedFile {
  /** Which step of the playbook writes it: `runtime` while the node serves, `kubelet` in the dark window. */
  readonly group: 'kernel' | 'runtime' | 'kubelet';
  readonly path: string;
  readonly mode: number;
  readonly content: string;
  readonly why: string;
}

/** What a node's Docker and kubelet configuration becomes under the target runtime. */
export interface Conversion {
  readonly files: readonly GeneratedFile[];
  readonly notices: readonly Notice[];
  readonly runtimeUnit: string;
  /** `unix:///run/containerd/containerd.sock`. */
  readonly endpoint: string;
  readonly cgroupDriver: 'cgroupfs' | 'systemd';
  readonly sandboxImage: string;
  readonly kernelModules: readonly string[];
  readonly sysctls: Readonly<Record<string, string>>;
  /** The file whose `config dump` proves the runtime will start with it. */
  readonly runtimeConfigPath: string;
}
