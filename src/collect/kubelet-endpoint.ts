import { normaliseEndpoint } from '../config/kubelet/kubelet-endpoint.js';

export interface KubeletEndpoint {
  /** The kubelet is the runtime's client and its server in one process: the socket is its own. */
  readonly dockershim: boolean;
  /** Empty where the kubelet could not have started. */
  readonly endpoint: string;
}

/** What the kubelet connects to, by its version (`1.21.2`), its flags and its configuration; which sockets exist is no matter. */
export function kubeletEndpoint(
  version: string,
  flags: Readonly<Record<string, string>>,
  config: Readonly<Record<string, unknown>>,
): KubeletEndpoint {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const atLeast = (wanted: number): boolean => major > 1 || minor >= wanted;
  const flag = flags['container-runtime-endpoint'] ?? '';
  // 1.24 took dockershim out: whatever such a kubelet says, it is not using it.
  if (!atLeast(24)) {
    const remote = flags['container-runtime'] === 'remote';
    return { dockershim: !remote, endpoint: normaliseEndpoint(flag || '/run/dockershim.sock') };
  }
  if (!atLeast(27)) return { dockershim: false, endpoint: normaliseEndpoint(flag) };
  const field = config['containerRuntimeEndpoint'];
  const configured = typeof field === 'string' ? field : '';
  return { dockershim: false, endpoint: normaliseEndpoint(flag || configured || '/run/containerd/containerd.sock') };
}
