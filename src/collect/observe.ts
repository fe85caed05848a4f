import { MigrateError, messageOf } from '../core/errors.js';
import { known, unknown, type Fact } from '../core/fact.js';

/** Looks once; whatever keeps it from seeing becomes the reason why the fact is unknown, except the user's own interrupt. */
export async function observe<T>(from: string, look: () => Promise<T>): Promise<Fact<T>> {
  try {
    return known(await look(), from);
  } catch (error) {
    if (error instanceof MigrateError && (error.code === 'interrupted' || error.code === 'bug')) throw error;
    return unknown(messageOf(error).replace(/\.$/, ''));
  }
}
