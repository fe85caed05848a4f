import type { Conversion } from '../core/conversion.js';
import type { NodeInventory } from '../core/inventory.js';
import type { MigrateOptions, Notice } from '../core/plan.js';

export interface GateInput {
  readonly inventory: NodeInventory;
  readonly options: MigrateOptions;
  readonly conversion: Conversion;
}

/** One thing that must hold before a node is touched. A gate that needs an unknown fact answers `undecided`. */
export interface Gate {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly links: readonly string[];
  /** It means nothing to a node that keeps Docker, with cri-dockerd in dockershim's place. */
  readonly leavingDocker?: true;
  readonly check: (input: GateInput) => readonly Omit<Notice, 'gate'>[];
}
