import type { TextStretch } from './text-stretch.js';

const PREFIX = /docker(?:-pullable)?:(?:\\{0,4}\/){2}/g;
const BEFORE = 240;
const AFTER = 160;
/** Tools that name an image's place by `docker://`, and settings that do. */
const TRANSPORTS =
  /skopeo|buildah|podman|imgpkg|\bhelm\b|crane|transport|kaniko|singularity|apptainer|enroot|pyxis|\bimages?["']?\s*[:=]|\buses["']?\s*:/i;
const IDS = /container_?-?ids?\b|image_?-?ids?\b|container_?statuses|cid\b|runtime_?version/i;

/**
 * Where code takes `docker://` or `docker-pullable://` for the beginning of an id. A name of an image or an id that follows
 * makes it data; code that knows the prefixes of other runtimes is fine.
 */
export function* idPrefixesIn(text: string): Iterable<TextStretch> {
  if (/containerd:\\?\/|cri-o:\\?\/|docker\|(?:containerd|cri-o)|(?:containerd|cri-o)\|docker/.test(text)) return;
  for (const { 0: prefix, index } of text.matchAll(PREFIX)) {
    if (/[\w.-]/.test(text[index - 1] ?? ' ')) continue;
    const end = index + prefix.length;
    const next = text.slice(end, end + 1);
    if (/[A-Za-z0-9@_]/.test(next)) continue;
    const before = text.slice(Math.max(0, index - BEFORE), index);
    const after = text.slice(end, end + AFTER).split('\n', 1)[0] ?? '';
    const command = before.slice(lineOfCommand(before));
    const speaksOfIds = IDS.test(command + after);
    if (!speaksOfIds && (TRANSPORTS.test(command) || /[${<]/.test(next))) continue;
    yield { offset: index, length: prefix.length };
  }
}

/** Where the line begins, with the lines before it that end in a backslash. */
function lineOfCommand(before: string): number {
  let start = before.lastIndexOf('\n') + 1;
  while (start > 1 && /\\\r?$/.test(before.slice(0, start - 1))) start = before.lastIndexOf('\n', start - 2) + 1;
  return start;
}
