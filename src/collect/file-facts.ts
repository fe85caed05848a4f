import { sha256 } from '../core/digest.js';
import type { FileFacts } from '../core/inventory.js';
import type { FileRead } from './file-read.js';
import { redactSecrets } from '../core/redact-secrets.js';

/**
 * The SHA-256 is that of the true bytes; the content is without secrets, and a note in brackets instead of what is no text.
 * So whoever wants to write a changed content back compares first: `sha256(content) === file.sha256` says that it is whole.
 */
export function fileFacts(file: FileRead | undefined): FileFacts {
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
      return { exists: true, sha256: sha256(file.bytes), mode, ...contentOf(file.bytes) };
  }
}

function contentOf(bytes: Uint8Array): Pick<FileFacts, 'content' | 'whole'> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? binary(bytes) : { content: redactSecrets(text), whole: true };
  } catch {
    return binary(bytes);
  }
}

const binary = (bytes: Uint8Array): Pick<FileFacts, 'content' | 'whole'> => ({
  content: `[${bytes.length} bytes that are no text]`,
  whole: false,
});
