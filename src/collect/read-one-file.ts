import { sha256 } from '../core/digest.js';
import type { ReadHost } from '../core/ports.js';
import { LARGE_FILE_BYTES, type FileRead } from './file-read.js';
import { followLinks } from './follow-links.js';

/** A file by the host's own port: slower than a bundle, and right about every kind of failure. */
export async function readOneFile(host: ReadHost, path: string): Promise<FileRead | undefined> {
  const end = await followLinks(host, path);
  if (end === undefined) return undefined;
  const { type, mode } = end.stat;
  if (type !== 'file') return { kind: 'other', mode };
  const bytes = await host.readFile(path);
  if (bytes === undefined) return undefined;
  if (bytes.length > LARGE_FILE_BYTES) return { kind: 'large', sizeBytes: bytes.length, sha256: sha256(bytes), mode };
  return { kind: 'file', bytes, mode };
}
