import { fileBytesReader, LONGEST_FILE_BYTES } from '../collect/file-bytes.js';
import type { WalkedFile } from '../collect/walk-files.js';
import { messageOf } from '../core/errors.js';
import type { ScanContext } from '../scan/scan-context.js';
import { scanFile, type FileScan } from '../scan/scan-file.js';

/** Scans files one after the other; what is wrong with one is told, and ends nothing. */
export function fileScanner(context: ScanContext): (file: WalkedFile) => FileScan {
  const read = fileBytesReader();
  const failed = (subject: string, message: string): FileScan => ({
    found: [],
    errors: [{ subject, message }],
    objects: 0,
  });
  return ({ path, name, problem }) => {
    if (problem !== undefined) return failed(name, problem);
    let content: ReturnType<typeof read>;
    try {
      content = read(path);
    } catch (error) {
      return failed(name, `could not be read: ${messageOf(error)}`);
    }
    if ('bytes' in content) return scanFile(name, content.bytes, context);
    return failed(name, `is longer than ${LONGEST_FILE_BYTES / 2 ** 20} MiB and was not scanned`);
  };
}
