import { parentPort, workerData } from 'node:worker_threads';
import { rules } from '../rules/index.js';
import type { Scene } from '../rules/rule.js';
import { scanContext } from '../scan/scan-context.js';
import type { WalkedFile } from '../collect/walk-files.js';
import { scanShare } from './scan-share.js';

/** What a second thread is told: the same list of files, and a counter that it shares with the first. */
export interface ScanWork {
  readonly files: readonly WalkedFile[];
  readonly taken: Int32Array;
  readonly scene: Scene;
}

const { files, taken, scene } = workerData as ScanWork;
parentPort?.postMessage(scanShare(files, taken, scanContext(rules, scene), () => undefined));
