import type { Walk } from './object-walk-scope.js';

/** Aliases make a small document large. */
const MAX_NODES = 2_000_000;
const MAX_SUBJECTS = 50_000;
const MAX_DEPTH = 500;

/** What a walk may cost: values, words, and four characters of a text each; shared by a document and all those inside of it. */
export interface Budget {
  nodes: number;
  told: boolean;
}

/** Counts what is about to be looked at; false once there was too much or it lies too deep, which is told once. */
export function mayGoOn({ budget, path, out }: Walk, nodes = 1): boolean {
  budget.nodes += nodes;
  if (budget.nodes <= MAX_NODES && path.length <= MAX_DEPTH && out.length <= MAX_SUBJECTS) return true;
  if (!budget.told) {
    budget.told = true;
    const why =
      path.length > MAX_DEPTH
        ? `The document is nested more than ${MAX_DEPTH} levels deep; what is deeper was left out`
        : 'The document has too many values, aliases counted each time; the rest was left out';
    out.push({ kind: 'limit', why });
  }
  return false;
}
