import { mayGoOn } from './object-walk-budget.js';
import type { Scope, Walk } from './object-walk-scope.js';
import { enterStructures, startsStructure } from './object-walk-structures.js';
import type { Path } from './place.js';
import { decodedSource } from './text-views-decoded.js';
import { isShellScript, roleOf } from './text-views-role.js';
import { argvView, decodedTextView, textView, type TextHead } from './text-views.js';
import type { TextRole, TextView, Word } from './views.js';

/** What a shell runs, whatever it looks like. */
const SCRIPTS: ReadonlySet<string> = new Set([
  'script',
  'scripts',
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

/** A machine's first script, which clouds take in base64, too. */
const USER_DATA: ReadonlySet<string> = new Set([
  'userData',
  'user_data',
  'UserData',
  'userDataBase64',
  'user_data_base64',
  'customData',
  'custom_data',
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
  const encoded = USER_DATA.has(key) ? decodeBase64(text) : undefined;
  if (encoded !== undefined) return takeDecoded(walk, scope, encoded, key);
  if (key === 'source' && text.startsWith('data:')) return takeDecoded(walk, scope, dataOf(text), key);
  const lines = text.includes('\n');
  const isScript = SCRIPTS.has(key) || scope.container?.value.source === text;
  if (!lines && !isScript && (QUIET.has(key) || !isInteresting(text))) return;
  if (PROSE.has(key)) return;
  takeText(walk, scope, text, key, isScript ? scriptRole(text, scope) : lines ? roleOf(text, key) : 'config');
}

/** A string in an annotation or in a container's env: on one line it is a setting, which others look at. */
export function takeLongString(walk: Walk, scope: Scope, text: string, key: string): void {
  if (text.includes('\n')) takeText(walk, scope, text, key, roleOf(text, key));
  else if (startsStructure(text) && isInteresting(text)) takeText(walk, scope, text, key, 'config');
}

/** A text whose role is known. */
export function takeText(walk: Walk, scope: Scope, text: string, key: string, role: TextRole): void {
  if (text.startsWith('-----BEGIN') || !mayGoOn(walk)) return;
  walk.budget.nodes += text.length >> 2;
  const path = walk.path.slice();
  enterStructures(walk, scope, text, role, walk.source, path);
  push(walk, textView(headOf(walk, scope, path, key), role, text));
}

/** A text that was base64 where it stands. */
export function takeDecoded(walk: Walk, scope: Scope, text: string, key: string): void {
  if (text.startsWith('-----BEGIN')) return;
  if (!text.includes('\n') && !startsStructure(text) && !isInteresting(text)) return;
  const path = walk.path.slice();
  const role = roleOf(text, key);
  enterStructures(walk, scope, text, role, decodedSource(walk.source, { path }), []);
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

/** The words of an argv that stands at the path. */
export function takeWords(walk: Walk, scope: Scope, words: readonly unknown[], key: string): void {
  const path = walk.path.slice();
  const texts = words.map((word, index) => ({ text: String(word), path: [...path, index] }));
  takeArgv(walk, scope, texts, key);
}

/** The text of a string that is base64 of a text. */
export function decodeBase64(text: string): string | undefined {
  if (text.length < 8 || /[^A-Za-z0-9+/=\s]/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length === 0 || bytes.includes(0)) return undefined;
  const decoded = bytes.toString('utf8');
  return decoded.includes('\ufffd') ? undefined : decoded;
}

/** Of a `data:` URL, in which Ignition has the contents of files; empty when it cannot be read. */
function dataOf(url: string): string {
  const comma = url.indexOf(',') + 1;
  if (comma === 0) return '';
  const data = url.slice(comma);
  if (url.slice(0, comma).endsWith(';base64,')) return decodeBase64(data) ?? '';
  try {
    return decodeURIComponent(data);
  } catch {
    return '';
  }
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

function isInteresting(text: string): boolean {
  return text.length >= 6 && /docker/i.test(text);
}

const SHELL = /(?:^|\/)(?:ba|da|a|z|k)?sh$/;

/** Tekton's `script` and Argo's `source` may be in any language. */
function scriptRole(text: string, scope: Scope): TextRole {
  if (text.startsWith('#!')) return isShellScript(text) ? 'script' : 'unknown';
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
