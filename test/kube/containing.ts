import { expect } from 'vitest';

/** Matchers for a part of a string, typed for use inside an expected object. */
export const containing = (text: string): unknown => expect.stringContaining(text);
export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
