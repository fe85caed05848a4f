import type { SandboxRequest } from '../core/ports.js';

/** A namespace of its own, so that what a crash leaves behind is found and is ours. */
export const PROBE_NAMESPACE = 'dockershim-migrate';

const UID = 'parity-probe';
const POD_LOGS = `/var/log/pods/${PROBE_NAMESPACE}_parity_${UID}`;

/** Where a kubelet has a pod's logs; made here because a kubelet makes it before it asks for a container. */
export const PROBE_LOG = {
  ofPod: POD_LOGS,
  ofContainer: `${POD_LOGS}/probe`,
  file: `${POD_LOGS}/probe/0.log`,
} as const;

/** The same for both runtimes. */
export const parityRequest = (step: {
  readonly cgroupParent: string;
  readonly dns: NonNullable<SandboxRequest['dns']>;
}): SandboxRequest => ({
  name: 'parity',
  namespace: PROBE_NAMESPACE,
  uid: UID,
  logDirectory: PROBE_LOG.ofPod,
  hostNetwork: false,
  cgroupParent: step.cgroupParent,
  dns: step.dns,
  seccomp: 'runtime-default',
});
