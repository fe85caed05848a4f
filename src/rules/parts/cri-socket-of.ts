import type { TargetRuntime } from '../../core/scan-report.js';

const SOCKETS: Readonly<Record<TargetRuntime, string>> = {
  containerd: '/run/containerd/containerd.sock',
  crio: '/run/crio/crio.sock',
  'cri-dockerd': '/run/cri-dockerd.sock',
};

/** Where a runtime serves the CRI, as packages have it. */
export function criSocketOf(target: TargetRuntime): string {
  return SOCKETS[target];
}
