import type { TargetRuntime } from '../../core/scan-report.js';

export interface RuntimeNames {
  /** As people write it. */
  readonly name: string;
  readonly unit: string;
  /** Its CRI socket where packages put it. */
  readonly endpoint: string;
}

const NAMES: Readonly<Record<TargetRuntime, RuntimeNames>> = {
  containerd: { name: 'containerd', unit: 'containerd.service', endpoint: 'unix:///run/containerd/containerd.sock' },
  crio: { name: 'CRI-O', unit: 'crio.service', endpoint: 'unix:///var/run/crio/crio.sock' },
  'cri-dockerd': { name: 'cri-dockerd', unit: 'cri-docker.service', endpoint: 'unix:///run/cri-dockerd.sock' },
};

export const targetRuntime = (target: TargetRuntime): RuntimeNames => NAMES[target];
