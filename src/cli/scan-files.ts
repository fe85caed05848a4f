import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { walkFiles } from '../collect/walk-files.js';
import type { ScanContext } from '../scan/scan-context.js';
import { scanFile } from '../scan/scan-file.js';
import { scanShare, type FilesScan } from './scan-share.js';
import type { ScanWork } from './scan-worker.js';

export interface FilesToScan {
  /** `-` is standard input. */
  readonly paths: readonly string[];
  /** Names are told relative to it. */
  readonly from: string;
  readonly excluded: (name: string) => boolean;
  /** Called now and then, with how many of how many files are done. */
  readonly progress: (done: number, all: number) => void;
}

const STDIN = 'stdin';

/** Fewer are scanned sooner than a second thread has started. */
const MANY_FILES = 1000;

/** Only beside the bundle: what runs from its sources makes do with one thread. */
const WORKER = new URL('../cli/scan-worker.js', import.meta.url);

/** Scans files, folders and standard input, on two threads where there is much to do. */
export async function scanFiles(
  { paths, from, excluded, progress }: FilesToScan,
  context: ScanContext,
): Promise<FilesScan & { readonly files: number }> {
  const stdin = paths.includes('-') ? [scanFile(STDIN, readFileSync(0), context)] : [];
  const named = paths.filter((path) => path !== '-');
  const files = [...walkFiles(named, { from, excluded })];
  const taken = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

  const helped = files.length >= MANY_FILES && availableParallelism() > 1 && existsSync(WORKER);
  const theirs = helped ? scanBeside({ files, taken, scene: context.scene }) : undefined;
  const ours = scanShare(files, taken, context, (done) => progress(done, files.length));
  const all = [...stdin, ours, ...(theirs === undefined ? [] : [await theirs])];
  return {
    found: all.flatMap(({ found }) => found),
    errors: all.flatMap(({ errors }) => errors),
    objects: all.reduce((sum, { objects }) => sum + objects, 0),
    files: files.length + stdin.length,
  };
}

function scanBeside(work: ScanWork): Promise<FilesScan> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, { workerData: work });
    worker.once('message', resolve);
    worker.once('error', reject);
    // After its answer this says nothing new.
    worker.once('exit', (code) => reject(new Error(`the second thread of the scan ended with ${code}`)));
  });
}
