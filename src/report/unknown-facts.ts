import type { NodeInventory } from '../core/inventory.js';

/** Runtimes that most nodes do not have: a plan for one of them says why it is not known. */
const MAY_BE_MISSING: ReadonlySet<string> = new Set(['crio', 'criDockerd']);

/** Every fact that is not known, by what it is called, with why. */
export function unknownFacts(inventory: NodeInventory): { readonly what: string; readonly why: string }[] {
  const facts = Object.entries(inventory).flatMap(([what, fact]: [string, unknown]) => {
    if (
      MAY_BE_MISSING.has(what) ||
      fact === null ||
      typeof fact !== 'object' ||
      !('known' in fact) ||
      fact.known === true
    )
      return [];
    return [{ what, why: 'why' in fact ? String(fact.why) : 'no reason given' }];
  });
  const endpoints = inventory.criEndpoints.flatMap(({ endpoint, status }) =>
    status.known ? [] : [{ what: `CRI at ${endpoint}`, why: status.why }],
  );
  return [...facts, ...endpoints];
}
