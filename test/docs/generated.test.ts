import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { page, pages } from '../../docs/generate.js';

it.each(Object.keys(pages))('docs/%s says what the code says; if not, run "npm run docs"', async (name) => {
  expect(readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8')).toBe(await page(name));
});
