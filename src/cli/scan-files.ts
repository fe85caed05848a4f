import { readFileSync } from 'node:fs';
import { walkFiles } from '../collect/walk-files.js';
import type { ScanError } from '../core/scan-report.js';
import type { Found } from '../scan/found.js';
import type { ScanContext } from '../scan/scan-context.js';
import { scanFile } from '../scan/scan-file.js';
import { fileScanner } from './file-scanner.js';

export interface FilesToScan {
  /** `-` is standard input. */
  readonly paths: readonly string[];
  /** Names are told relative to it. */
  readonly from: string;
  readonly excluded: (name: string) => boolean;
  /** Called now and then, with how many of how many files are done. */
  readonly progress: (done: number, all: number) => void;
}

export interface FilesScan {
  readonly found: readonly Found[];
  readonly errors: readonly ScanError[];
  readonly objects: number;
  readonly files: number;
}

const STDIN = 'stdin';

const PROGRESS_EVERY = 64;

/** Scans files, folders and standard input, one after the other. What cannot be scanned is told, and the rest goes on. */
export function scanFiles({ paths, from, excluded, progress }: FilesToScan, context: ScanContext): FilesScan {
  const stdin = paths.includes('-') ? [scanFile(STDIN, readFileSync(0), context)] : [];
  const named = paths.filter((path) => path !== '-');
  const files = [...walkFiles(named, { from, excluded })];
  const scan = fileScanner(context);
  const scans = stdin.concat(
    files.map((file, index) => {
      if (index % PROGRESS_EVERY === 0) progress(index, files.length);
      return scan(file);
    }),
  );
  return {
    found: scans.flatMap(({ found }) => found),
    errors: scans.flatMap(({ errors }) => errors),
    objects: scans.reduce((sum, { objects }) => sum + objects, 0),
    files: scans.length,
  };
}
