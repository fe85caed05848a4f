import type { GeneratedFile } from '../core/conversion.js';
import type { FileFacts } from '../core/inventory.js';
import { maskSecrets } from '../core/secret-markers.js';

/** A file that comes to hold a secret is root's alone; one that held secrets before keeps the mode that its owner gave it. */
export function privateWhereSecret(file: GeneratedFile, before: FileFacts | undefined): GeneratedFile {
  const hasSecret = (content: string): boolean => maskSecrets(content) !== content;
  if (!hasSecret(file.content) || (before?.exists === true && hasSecret(before.content))) return file;
  return { ...file, mode: file.mode & 0o600 };
}
