import { fileBytesReader, LONGEST_FILE_BYTES } from '../collect/file-bytes.js';
import type { WalkedFile } from '../collect/walk-files.js';
import { messageOf } from '../core/errors.js';
import type { ScanError } from '../core/scan-report.js';
import type { Found } from '../scan/found.js';
import type { ScanContext } from '../scan/scan-context.js';
import { scanFile } from '../scan/scan-file.js';

export interface FilesScan {
  readonly found: Found[];
  readonly errors: ScanError[];
  readonly objects: number;
}

/** So many files are taken at a time. */
const BLOCK = 64;

/**
 * Scans files, taking blocks of them until none is left: `taken` counts those taken, and may be shared with another thread
 * that scans the same list. What cannot be scanned is told, and the rest goes on.
 */
export function scanShare(
  files: readonly WalkedFile[],
  taken: Int32Array,
  context: ScanContext,
  progress: (taken: number) => void,
): FilesScan {
  const scan: FilesScan & { objects: number } = { found: [], errors: [], objects: 0 };
  const read = fileBytesReader();
  for (let from = Atomics.add(taken, 0, BLOCK); from < files.length; from = Atomics.add(taken, 0, BLOCK)) {
    progress(from);
    for (const file of files.slice(from, from + BLOCK)) scanOne(file);
  }
  return scan;

  function scanOne({ path, name, problem }: WalkedFile): void {
    const content = problem === undefined ? bytesOf(path) : { problem };
    if ('problem' in content) {
      scan.errors.push({ subject: name, message: content.problem });
      return;
    }
    const { found, errors, objects } = scanFile(name, content.bytes, context);
    scan.found.push(...found);
    scan.errors.push(...errors);
    scan.objects += objects;
  }

  function bytesOf(path: string): { readonly bytes: Uint8Array } | { readonly problem: string } {
    try {
      const content = read(path);
      if ('bytes' in content) return content;
      return { problem: `is longer than ${LONGEST_FILE_BYTES / 2 ** 20} MiB and was not scanned` };
    } catch (error) {
      return { problem: `could not be read: ${messageOf(error)}` };
    }
  }
}
