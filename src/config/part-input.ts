import type { FileFacts, KubeletFacts, NodeInventory, UnitFacts } from '../core/inventory.js';
import type { RuntimeIntent, RuntimeTarget } from './runtime-intent.js';
import type { TargetService } from './target-service.js';

/** What the files of a node are made from, once all of it is known. */
export interface PartInput {
  readonly intent: RuntimeIntent;
  readonly service: TargetService & { readonly target: RuntimeTarget };
  readonly kubelet: KubeletFacts;
  readonly files: Readonly<Record<string, FileFacts>>;
  /** Undefined where systemd did not answer. */
  readonly units: Readonly<Record<string, UnitFacts>> | undefined;
  readonly inventory: Pick<NodeInventory, 'containerd' | 'crio' | 'criDockerd' | 'docker'>;
}
