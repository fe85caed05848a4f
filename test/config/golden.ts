import { readFileSync } from 'node:fs';

/** What a generated file is to be, byte for byte. */
export const golden = (name: string): string =>
  readFileSync(new URL(`../golden/config/${name}`, import.meta.url), 'utf8');
