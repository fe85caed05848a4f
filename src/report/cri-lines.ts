import type { CriFacts, NodeInventory } from '../core/inventory.js';
import { counted } from './counted.js';

/** Each CRI socket that exists, and what answers there. */
export function criLines({ criEndpoints, os }: NodeInventory): string[] {
  // Where nothing is known of the host, nobody has looked for sockets either.
  if (criEndpoints.length === 0) return os.known ? ['no sockets'] : [];
  return criEndpoints.map(
    ({ endpoint, status }) => `${endpoint}: ${status.known ? answer(status.value) : 'not known'}`,
  );
}

function answer(facts: CriFacts): string {
  const failing = facts.conditions.filter((condition) => !condition.status);
  const parts = [
    `${facts.runtimeName} ${facts.runtimeVersion} (${facts.api})`,
    counted(facts.sandboxes.length, 'sandbox', 'sandboxes'),
    counted(facts.images.length, 'image'),
    ...failing.map(({ type, reason, message }) => `not ${type}: ${message || reason}`),
  ];
  return parts.join(', ');
}
