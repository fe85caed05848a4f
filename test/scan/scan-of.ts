import type { Scene } from '../../src/rules/rule.js';
import { rules } from '../../src/rules/index.js';
import { scanContext, type ScanContext } from '../../src/scan/scan-context.js';
import { scanFile, type FileScan } from '../../src/scan/scan-file.js';

export const SCENE: Scene = { target: 'containerd', kubernetes: undefined, dataRoots: ['/var/lib/docker'] };

export const CONTEXT: ScanContext = scanContext(rules, SCENE);

/** Nothing is skipped for want of a word. */
export const WITHOUT_WORDS: ScanContext = {
  ...CONTEXT,
  words: { inBytes: () => true, inText: () => true },
  rulesFor: () => rules,
};

/** Scans a text as a file of that name. */
export const scanOf = (content: string | Uint8Array, name = 'file.yaml', context: ScanContext = CONTEXT): FileScan =>
  scanFile(name, typeof content === 'string' ? Buffer.from(content) : content, context);
