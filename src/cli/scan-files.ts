import { readFileSync } from 'node:fs';
import { messageOf } from '../core/errors.js';
import type { ScanError } from '../core/scan-report.js';
import { fileBytesReader, LONGEST_FILE_BYTES } from '../collect/file-bytes.js';
import { walkFiles } from '../collect/walk-files.js';
import type { Found } from '../scan/found.js';
import type { ScanContext } from '../scan/scan-context.js';
import { scanFile } from '../scan/scan-file.js';

export interface FilesScan {
  readonly found: Found[];
  readonly errors: ScanError[];
  readonly files: number;
  readonly objects: number;
}

export interface FilesToScan {
  /** `-` is standard input. */
  readonly paths: readonly string[];
  readonly from: string;
  readonly excluded: (name: string) => boolean;
  /** Called now and then, with how many of how many files are done. */
  readonly progress: (done: number, all: number) => void;
}

const STDIN = 'stdin';
const PROGRESS_EVERY = 64;

/** Scans files, folders and standard input, one after the other. What cannot be scanned is told, and the rest goes on. */
export function scanFiles({ paths, from, excluded, progress }: FilesToScan, context: ScanContext): FilesScan {
  const found: Found[] = [];
  const errors: ScanError[] = [];
  let objects = 0;
  const take = (name: string, bytes: Uint8Array): void => {
    const scan = scanFile(name, bytes, context);
    found.push(...scan.found);
    errors.push(...scan.errors);
    objects += scan.objects;
  };

  const stdin = paths.includes('-');
  if (stdin) take(STDIN, readFileSync(0));

  const read = fileBytesReader();
  const files = [
    ...walkFiles(
      paths.filter((path) => path !== '-'),
      { from, excluded },
    ),
  ];
  files.forEach(({ path, name, problem }, index) => {
    if (index % PROGRESS_EVERY === 0) progress(index, files.length);
    if (problem !== undefined) {
      errors.push({ subject: name, message: problem });
      return;
    }
    try {
      const content = read(path);
      if ('bytes' in content) take(name, content.bytes);
      else
        errors.push({
          subject: name,
          message: `is longer than ${LONGEST_FILE_BYTES / 2 ** 20} MiB and was not scanned`,
        });
    } catch (error) {
      errors.push({ subject: name, message: `could not be read: ${messageOf(error)}` });
    }
  });
  return { found, errors, files: files.length + (stdin ? 1 : 0), objects };
}
