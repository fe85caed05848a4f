import type { RuntimeTarget } from '../runtime-intent.js';

export const PROXY_DROP_IN = 'http-proxy.conf';
export const SERVICE_DROP_IN = '10-docker-migration.conf';

export const RUNTIME_UNITS: Readonly<Record<RuntimeTarget['kind'], string>> = {
  containerd: 'containerd.service',
  crio: 'crio.service',
  'cri-dockerd': 'cri-docker.service',
};

/** A drop-in of the unit of a runtime. */
export const runtimeDropIn = ({ kind }: Pick<RuntimeTarget, 'kind'>, name: string): string =>
  `/etc/systemd/system/${RUNTIME_UNITS[kind]}.d/${name}`;
