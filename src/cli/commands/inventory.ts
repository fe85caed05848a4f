import { EXIT, messageOf, type ExitCode } from '../../core/errors.js';
import type { NodeInventory } from '../../core/inventory.js';
import { inventoryText } from '../../report/inventory-text.js';
import { unknownFacts } from '../../report/unknown-facts.js';
import { collectOffline } from '../collect-offline.js';
import { nodesToLookAt } from '../nodes-to-look-at.js';
import type { Settings } from '../settings.js';
import { terminal } from '../terminal.js';
import { clusterIfThere, wire } from '../wire.js';

export interface InventoryFlags extends Settings {
  readonly format: 'text' | 'json';
  readonly strict?: boolean;
}

/** `migrate inventory`: a node that cannot be reached is told as such, and the rest is told all the same. */
export async function inventory(names: readonly string[], flags: InventoryFlags): Promise<ExitCode> {
  const wiring = wire(flags);
  try {
    const kube = await clusterIfThere(wiring.kube);
    const nodes = await nodesToLookAt(kube, names, flags.via);
    const inventories = await Promise.all(
      nodes.map(async ({ name, internalIp }): Promise<NodeInventory> => {
        try {
          return await (await wiring.connect(name, internalIp)).collect(kube);
        } catch (error) {
          return collectOffline(name, kube, messageOf(error), wiring.clock);
        }
      }),
    );
    terminal.result(
      flags.format === 'json'
        ? JSON.stringify({ apiVersion: 'dockershim-migrate.io/v1', kind: 'InventoryList', items: inventories }, null, 2)
        : inventoryText(inventories, { color: terminal.outColor, width: terminal.width }),
    );
    const blind = inventories.some((one) => unknownFacts(one).length > 0);
    return flags.strict === true && blind ? EXIT.undecided : EXIT.ok;
  } finally {
    await wiring.close();
  }
}
