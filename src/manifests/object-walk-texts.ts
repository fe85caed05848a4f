import { parseEmbedded } from './parse-embedded.js';
import { placedStretch } from './text-views-stretch.js';
import { structuresIn } from './text-views-structures.js';
import type { Scope, Walk } from './object-walk-scope.js';
import type { Path } from './place.js';
import type { Source } from './source.js';
import { decodedSource } from './text-views-decoded.js';
import { textRole } from './text-role.js';
import { argvView, decodedTextView, textView, type TextHead } from './text-views.js';
import type { TextRole, TextView, Word } from './views.js';

/** Documents in strings of documents in strings: TOML in YAML in YAML, and some more. */
const MAX_NESTING = 8;

/** What a shell runs, whatever it looks like. */
const SCRIPTS: ReadonlySet<string> = new Set([
  'script',
  'scripts',
  'source',
  'shell',
  'ansible.builtin.shell',
  'ansible.builtin.command',
  'cmd',
  'command',
  'commands',
  'runcmd',
  'bootcmd',
  'preKubeadmCommands',
  'postKubeadmCommands',
  'preBootstrapCommands',
  'overrideBootstrapCommand',
  'before_script',
  'after_script',
]);

const PROSE: ReadonlySet<string> = new Set([
  'description',
  'message',
  'title',
  'comment',
  'notes',
  'note',
  'summary',
  'help',
]);

/** Names and references: those who want them find them in pods and objects. */
const QUIET: ReadonlySet<string> = new Set([
  'apiVersion',
  'kind',
  'name',
  'generateName',
  'namespace',
  'image',
  'repository',
  'registry',
  'tag',
  'imagePullPolicy',
  'mountPath',
  'subPath',
  'workingDir',
]);

/** A string of a document, under its key or in a list under it. */
export function takeString(walk: Walk, scope: Scope, text: string, key: string): void {
  if (text.length < 4) return;
  const lines = text.includes('\n');
  if (!lines && !SCRIPTS.has(key) && (QUIET.has(key) || !isInteresting(text))) return;
  if (PROSE.has(key)) return;
  const encoded = /^(?:user_?data|custom_?data)/i.test(key) ? decodeBase64(text) : undefined;
  if (encoded !== undefined) takeDecoded(walk, scope, encoded, key);
  else takeText(walk, scope, text, key, SCRIPTS.has(key) ? scriptRole(text, scope) : lines ? textRole(text) : 'config');
}

/** A string in an annotation or in a container's env: on one line it is a setting, which others look at. */
export function takeLongString(walk: Walk, scope: Scope, text: string, key: string): void {
  if (text.includes('\n')) takeText(walk, scope, text, key, textRole(text));
  else if (startsStructure(text) && isInteresting(text)) takeText(walk, scope, text, key, 'config');
}

/** A text whose role is known. */
export function takeText(walk: Walk, scope: Scope, text: string, key: string, role: TextRole): void {
  if (text.startsWith('-----BEGIN')) return;
  const path = walk.path.slice();
  enterStructures(walk, scope, text, role, walk.source, path);
  push(walk, textView(headOf(walk, scope, path, key), role, text));
}

/** A text that was base64 where it stands. */
export function takeDecoded(walk: Walk, scope: Scope, text: string, key: string): void {
  if (text.startsWith('-----BEGIN') || (!text.includes('\n') && !isInteresting(text))) return;
  const path = walk.path.slice();
  const role = textRole(text);
  enterStructures(walk, scope, text, role, decodedSource(walk.source, path), []);
  push(walk, decodedTextView(headOf(walk, scope, path, key), role, text));
}

/** What is run without a shell; for `sh -c TEXT` the text alone. */
export function takeArgv(walk: Walk, scope: Scope, words: readonly Word[], key: string): void {
  const first = words[0];
  if (first === undefined) return;
  const script = words[shellScriptIndex(words)];
  if (script === undefined) {
    push(walk, argvView(headOf(walk, scope, first.path, key), words));
    return;
  }
  enterStructures(walk, scope, script.text, 'script', walk.source, script.path);
  push(walk, textView(headOf(walk, scope, script.path, key), 'script', script.text));
}

/** The text of a string that is base64 of a text. */
export function decodeBase64(text: string): string | undefined {
  if (text.length < 8 || /[^A-Za-z0-9+/=\s]/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length === 0 || bytes.includes(0)) return undefined;
  const decoded = bytes.toString('utf8');
  return decoded.includes('\ufffd') ? undefined : decoded;
}

function push(walk: Walk, view: TextView): void {
  walk.out.push({ kind: 'text', view });
}

function headOf(walk: Walk, scope: Scope, path: Path, key: string): TextHead {
  const { object, apiVersion, annotations, pod, container } = scope;
  const head = { object, apiVersion, annotations, source: walk.source, path, key };
  if (pod === undefined) return head;
  return container === undefined ? { ...head, pod } : { ...head, pod, container };
}

function enterStructures(walk: Walk, scope: Scope, text: string, role: TextRole, source: Source, path: Path): void {
  if (walk.nesting >= MAX_NESTING) return;
  if (role === 'config' || role === 'unknown') {
    const documents = text.includes('\n') || startsStructure(text) ? parseEmbedded(text, source, path) : [];
    for (const document of documents) walk.enter(scope, document);
    if (documents.length > 0) return;
  }
  for (const { start, end } of structuresIn(text)) {
    const stretch = placedStretch(source, path, start);
    for (const document of parseEmbedded(text.slice(start, end), stretch, [])) walk.enter(scope, document);
  }
}

function startsStructure(text: string): boolean {
  return text.startsWith('{') || text.startsWith('[');
}

function isInteresting(text: string): boolean {
  return text.length >= 6 && /docker/i.test(text);
}

const SHELL = /(?:^|\/)(?:ba|da|a|z|k)?sh$/;

/** Tekton's `script` and Argo's `source` may be in any language. */
function scriptRole(text: string, scope: Scope): TextRole {
  if (text.startsWith('#!')) return /^#!.*\b(?:ba|da|a|z|k)?sh\b/.test(text) ? 'script' : 'unknown';
  const interpreter = scope.container?.value.source === text ? scope.container.command[0]?.text : undefined;
  return interpreter === undefined || SHELL.test(interpreter) ? 'script' : 'unknown';
}

function shellScriptIndex(words: readonly Word[]): number {
  if (!SHELL.test(words[0]?.text ?? '')) return -1;
  for (let index = 1; index < words.length; index += 1) {
    const option = words[index]?.text ?? '';
    if (!/^[-+]/.test(option)) return -1;
    if (/^-[a-z]*c$/.test(option)) return index + 1;
    if (/^[-+][a-z]*o$/.test(option)) index += 1;
  }
  return -1;
}
