/** The units of the kubelet and of every runtime that it may come from or go to. */
export const RUNTIME_UNITS = [
  'docker.service',
  'docker.socket',
  'containerd.service',
  'crio.service',
  'cri-docker.service',
  'cri-docker.socket',
  'kubelet.service',
] as const;
