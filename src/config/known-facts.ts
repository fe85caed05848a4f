import type { NodeInventory } from '../core/inventory.js';
import type { Notice, Target } from '../core/plan.js';
import { valueOf, type Fact } from '../core/fact.js';
import { conversionUndecided } from './conversion-undecided.js';

/** The facts that a conversion rests on, undefined where unknown, and a notice for each of those. */
export function knownFacts(inventory: NodeInventory, target: Target) {
  const { files, kubelet, docker, containerd, crio, criDockerd, kernel, units } = inventory;
  const notices: Notice[] = [];
  const know = <T>(fact: Fact<T>, subject: string): T | undefined => {
    if (!fact.known) notices.push(conversionUndecided(subject, fact.why));
    return valueOf(fact);
  };
  const facts = {
    files: know(files, 'configuration files'),
    kubelet: know(kubelet, 'the kubelet'),
    docker: know(docker, 'Docker'),
    containerd: target === 'containerd' ? know(containerd, 'containerd') : undefined,
    crio: target === 'crio' ? know(crio, 'CRI-O') : undefined,
    criDockerd: target === 'cri-dockerd' ? know(criDockerd, 'cri-dockerd') : undefined,
    kernel: know(kernel, 'the kernel'),
    units: know(units, "systemd's units"),
  };
  return { facts, notices };
}
