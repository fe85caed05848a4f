import type { FileFacts, NodeInventory, UnitFacts } from '../core/inventory.js';
import { valueOf } from '../core/fact.js';
import type { Target } from '../core/plan.js';
import { containerdService } from './containerd/containerd-service.js';
import { criDockerdEndpoint } from './cri-dockerd/cri-dockerd-endpoint.js';
import { crioService } from './crio/crio-service.js';
import { CONTAINERD_ENDPOINT } from './kubelet/kubelet-endpoint.js';
import type { RuntimeTarget } from './runtime-intent.js';
import { parseVersion } from './version.js';

/** The runtime that a node is to have, as its unit runs it. */
export interface TargetService {
  /** Undefined where its version is not known. */
  readonly target: RuntimeTarget | undefined;
  readonly unit: string;
  readonly endpoint: string;
  /** Empty where it has no configuration file. */
  readonly configPath: string;
}

export function targetService(
  kind: Target,
  inventory: Pick<NodeInventory, 'containerd' | 'crio' | 'criDockerd'>,
  files: Readonly<Record<string, FileFacts>>,
  units: Readonly<Record<string, UnitFacts>>,
): TargetService {
  const versioned = (text: string | undefined): RuntimeTarget | undefined => {
    const version = parseVersion(text ?? '');
    return version === undefined ? undefined : { kind, version };
  };
  switch (kind) {
    case 'containerd': {
      const { configPath, endpoint = CONTAINERD_ENDPOINT } = containerdService(files, units['containerd.service']);
      const target = versioned(valueOf(inventory.containerd)?.version);
      return { target, unit: 'containerd.service', endpoint, configPath };
    }
    case 'crio': {
      const crio = valueOf(inventory.crio);
      return { target: versioned(crio?.version), unit: 'crio.service', ...crioService(crio) };
    }
    case 'cri-dockerd': {
      const facts = valueOf(inventory.criDockerd);
      const endpoint = criDockerdEndpoint({ execStart: facts?.execStart ?? '' }, units['cri-docker.socket'], files);
      return { target: versioned(facts?.version), unit: 'cri-docker.service', endpoint, configPath: '' };
    }
  }
}
