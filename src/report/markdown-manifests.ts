import type { ProposedManifest } from '../core/conversion.js';
import { manifestTitle } from './manifest-title.js';
import { markdownFence } from './markdown-fence.js';
import { markdownFolded } from './markdown-folded.js';
import { printableLines } from './printable-lines.js';

/** Objects for the cluster, each folded; `state` says whether they are known to be missing. */
export const markdownManifests = (manifests: readonly ProposedManifest[], state: string): string[] =>
  manifests.flatMap((manifest) => {
    const body = markdownFence(printableLines(manifest.content), 'yaml');
    return markdownFolded({ name: manifestTitle(manifest), state, why: manifest.why, body });
  });
