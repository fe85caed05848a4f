import { sha256 } from '../core/digest.js';
import type { FileFacts } from '../core/inventory.js';
import type { FileRead } from './file-read.js';
import { hideSecrets } from '../core/secret-markers.js';

/**
 * The SHA-256 is that of the true bytes; the content has markers in the place of secrets, and is a note in brackets instead
 * of what is no text. `path` is the file's on its node, from which the markers are made.
 */
export function fileFacts(path: string, file: FileRead | undefined): FileFacts {
  if (file === undefined) return { exists: false, sha256: '', mode: 0, content: '', whole: true };
  const { mode } = file;
  switch (file.kind) {
    case 'other':
      return { exists: true, sha256: '', mode, content: '[not a regular file]', whole: false };
    case 'large':
      return {
        exists: true,
        sha256: file.sha256,
        mode,
        content: `[${file.sizeBytes} bytes, too long to be kept]`,
        whole: false,
      };
    case 'file':
      return { exists: true, sha256: sha256(file.bytes), mode, ...contentOf(path, file.bytes) };
  }
}

function contentOf(path: string, bytes: Uint8Array): Pick<FileFacts, 'content' | 'whole'> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? binary(bytes) : { content: hideSecrets(text, path), whole: true };
  } catch {
    return binary(bytes);
  }
}

const binary = (bytes: Uint8Array): Pick<FileFacts, 'content' | 'whole'> => ({
  content: `[${bytes.length} bytes that are no text]`,
  whole: false,
});
