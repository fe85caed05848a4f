import { posix } from 'node:path';
import type { FileReader } from './file-reader.js';

/** The files a pattern names, sorted; `*`, `?` and `[…]` count in the last part of the path only. */
export async function expandGlob(files: FileReader, pattern: string): Promise<readonly string[]> {
  const { dir, base } = posix.parse(pattern);
  if (!/[*?[]/.test(base)) return [pattern];
  const source = base
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
    .replaceAll('[!', '[^');
  const matcher = wholeName(source);
  const names = await files.list(dir);
  return names
    .filter((name) => matcher?.test(name) ?? false)
    .filter((name) => base.startsWith('.') || !name.startsWith('.'))
    .map((name) => posix.join(dir, name));
}

function wholeName(source: string): RegExp | undefined {
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return undefined; // an unclosed bracket matches nothing
  }
}
