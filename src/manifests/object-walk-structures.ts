import type { Scope, Walk } from './object-walk-scope.js';
import { parseEmbedded } from './parse-embedded.js';
import type { Path } from './place.js';
import { shellCommands } from './shell-commands.js';
import type { Source } from './source.js';
import { decodedSource } from './text-views-decoded.js';
import { jenkinsVolumes } from './text-views-jenkins.js';
import { roleOf } from './text-views-role.js';
import { placedStretch } from './text-views-stretch.js';
import { structuresIn } from './text-views-structures.js';
import { textView } from './text-views.js';
import type { TextRole } from './views.js';

/** Documents in strings of documents in strings: TOML in YAML in YAML, and some more. */
const MAX_NESTING = 8;

/** The documents in a string, and the texts that it writes. */
export function enterStructures(
  walk: Walk,
  scope: Scope,
  text: string,
  role: TextRole,
  source: Source,
  path: Path,
): void {
  if (walk.nesting >= MAX_NESTING) return;
  if ((role === 'config' || role === 'unknown') && (text.includes('\n') || startsStructure(text))) {
    const documents = parseEmbedded(text, source, path);
    for (const document of documents) walk.enter(scope, document);
    if (documents.length > 0) return;
  }
  enterParts(walk, scope, text, role, source, path);
}

/** What is structured in a text that is not as a whole. */
export function enterParts(walk: Walk, scope: Scope, text: string, role: TextRole, source: Source, path: Path): void {
  for (const { start, end } of structuresIn(text)) {
    const stretch = placedStretch(source, path, start);
    const part = text.slice(start, end);
    for (const document of parseEmbedded(part, stretch, [])) walk.enter(scope, document);
    takeWritten(walk, scope, part, stretch);
  }
  for (const { written, offset } of jenkinsVolumes(text)) {
    const place = decodedSource(source, { path, offset, length: written.length });
    const value = { volumes: [{ hostPath: { path: written } }] };
    walk.enter(scope, { source: place, value, form: 'json', template: false });
  }
  if (text.includes('--overrides')) enterOverrides(walk, scope, text, role, source, path);
}

/** A unit, a crontab or a script that a script writes: the heredoc's text is nothing that the script itself runs. */
function takeWritten(walk: Walk, scope: Scope, text: string, source: Source): void {
  const role = roleOf(text, '');
  if (role === 'unknown' || role === 'command' || (role === 'script' && !text.startsWith('#!'))) return;
  const { object, apiVersion, annotations } = scope;
  const view = textView({ object, apiVersion, annotations, source, path: [], key: '' }, role, text);
  walk.out.push({ kind: 'text', view });
}

/** `kubectl run --overrides=JSON`. */
function enterOverrides(walk: Walk, scope: Scope, text: string, role: TextRole, source: Source, path: Path): void {
  for (const { name, words, offset, length } of shellCommands(text, role)) {
    if (name !== 'kubectl' && name !== 'oc') continue;
    const at = words.findIndex((word) => word.startsWith('--overrides'));
    const json = words[at]?.split('=').slice(1).join('=') || (words[at + 1] ?? '');
    if (at === -1) continue;
    const place = decodedSource(source, { path, offset, length });
    for (const document of parseEmbedded(json, place, [])) walk.enter(scope, document);
  }
}

export function startsStructure(text: string): boolean {
  return text.startsWith('{') || text.startsWith('[');
}
