import { expect } from 'vitest';
import type { Fact } from '../../src/core/fact.js';

/** The value of a fact that has to be known. */
export function knownValue<T>(fact: Fact<T>): T {
  expect(fact).toMatchObject({ known: true });
  if (!fact.known) throw new Error(fact.why);
  return fact.value;
}
