import type { ShellWord } from './shell-commands-word.js';
import { WRAPPERS, type Wrapper } from './shell-commands-wrappers.js';

/** What a simple command comes down to: a command, a text for a shell, or a shell that reads what is sent to it. */
export type Unwrapped =
  | { readonly kind: 'command'; readonly name: string; readonly words: readonly ShellWord[]; readonly onHost: boolean }
  | { readonly kind: 'script'; readonly words: readonly ShellWord[]; readonly onHost: boolean }
  | { readonly kind: 'shell'; readonly name: string; readonly words: readonly ShellWord[]; readonly onHost: boolean };

/** Takes off what runs another command, one after the other; `find` may run several. */
export function unwrap(all: readonly ShellWord[]): Unwrapped[] {
  let words = withoutAssignments(all);
  let onHost = false;
  for (;;) {
    const [first] = words;
    if (first === undefined) return [];
    const name = baseName(first.value);
    if (SHELLS.has(name)) return [shell(name, words, onHost)];
    if (name === 'su' || name === 'runuser') {
      const inner = asUser(words);
      if (inner !== undefined && 'script' in inner) return [{ kind: 'script', words: [inner.script], onHost }];
      if (inner === undefined) return [{ kind: 'shell', name, words, onHost }];
      words = inner.words;
      continue;
    }
    if (name === 'trap' && words[1] !== undefined) return [{ kind: 'script', words: words.slice(1, 2), onHost }];
    if (name === 'alias') return aliases(words.slice(1), onHost);
    if (name === 'find') return [command(name, words, onHost), ...executed(words, onHost)];
    const rest = behindWrapper(name, words);
    if (rest === undefined) return [command(name, words, onHost)];
    const leaves = name === 'chroot' || (name === 'nsenter' && entersHost(words.slice(0, words.length - rest.length)));
    onHost ||= leaves;
    if (rest.length === 0) return [leaves ? { kind: 'shell', name, words, onHost } : command(name, words, onHost)];
    if (WRAPPERS.get(name)?.evaluates === true || isPowerShell(name)) return [{ kind: 'script', words: rest, onHost }];
    words = rest;
  }
}

/** `alias dps='docker ps'`. */
function aliases(words: readonly ShellWord[], onHost: boolean): Unwrapped[] {
  return words.flatMap((word) => {
    const at = word.value.indexOf('=');
    return at === -1 ? [] : [{ kind: 'script', words: [{ ...word, value: word.value.slice(at + 1) }], onHost }];
  });
}

const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh']);

function command(name: string, words: readonly ShellWord[], onHost: boolean): Unwrapped {
  return { kind: 'command', name, words, onHost };
}

export function baseName(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return name.endsWith('.exe') ? name.slice(0, -4) : name;
}

function withoutAssignments(words: readonly ShellWord[]): readonly ShellWord[] {
  const first = words.findIndex(({ value }) => !/^\w+\+?=/.test(value));
  return first === -1 ? [] : words.slice(first);
}

/** `bash -euo pipefail -c TEXT` runs the text, `bash FILE` a file, `bash` alone what it reads. */
function shell(name: string, words: readonly ShellWord[], onHost: boolean): Unwrapped {
  let takesText = false;
  for (let index = 1; index < words.length; index += 1) {
    const word = words[index];
    if (word === undefined) break;
    if (/^[-+][a-zA-Z]*$/.test(word.value) && word.value.length > 1) {
      takesText ||= word.value.startsWith('-') && word.value.includes('c');
      if (word.value.includes('s') && !takesText) return { kind: 'shell', name, words, onHost };
      if (word.value.endsWith('o') || word.value.endsWith('O')) index += 1;
    } else if (word.value === '-') return { kind: 'shell', name, words, onHost };
    else if (word.value.startsWith('--')) continue;
    else return takesText ? { kind: 'script', words: [word], onHost } : command(name, words, onHost);
  }
  return { kind: 'shell', name, words, onHost };
}

/** The words of the command that a wrapper runs; undefined when it is none, or only asks for one. */
function behindWrapper(name: string, words: readonly ShellWord[]): readonly ShellWord[] | undefined {
  if (name === 'command') return /^-[vV]/.test(words[1]?.value ?? '') ? undefined : nonEmpty(behind(words, {}));
  if (name === 'kubectl' || name === 'oc') return behindDashes(words);
  if (name === 'cmd') return nonEmpty(behindSwitches(words));
  if (isPowerShell(name)) {
    const at = words.findIndex(({ value }) => /^-c(?:ommand)?$/i.test(value));
    return at === -1 ? undefined : words.slice(at + 1);
  }
  const wrapper = WRAPPERS.get(name);
  return wrapper === undefined ? undefined : behind(words, wrapper);
}

function isPowerShell(name: string): boolean {
  return name === 'powershell' || name === 'pwsh';
}

function nonEmpty(words: readonly ShellWord[]): readonly ShellWord[] | undefined {
  return words.length === 0 ? undefined : words;
}

function behind(
  words: readonly ShellWord[],
  { valued = [], operands = 0, assignments }: Wrapper,
): readonly ShellWord[] {
  let index = 1;
  let left = operands;
  for (; index < words.length; index += 1) {
    const value = words[index]?.value ?? '';
    if (value === '--') {
      index += 1;
      break;
    }
    if (value.startsWith('-') && value.length > 1) {
      if (valued.includes(value) || (valued.includes(`-${value.at(-1) ?? ''}`) && isCluster(value))) index += 1;
    } else if (assignments && /^\w+=/.test(value)) continue;
    else if (left > 0) left -= 1;
    else break;
  }
  index += left > 0 && words[index - 1]?.value === '--' ? left : 0;
  return words.slice(index);
}

/** `-mnt 1`: several options in one word, the last of which takes a value. */
function isCluster(option: string): boolean {
  return /^-[a-zA-Z]{2,}$/.test(option);
}

/** `kubectl exec POD -- COMMAND`: it runs in that container. */
function behindDashes(words: readonly ShellWord[]): readonly ShellWord[] | undefined {
  const dashes = words.findIndex(({ value }) => value === '--');
  const runs = words.slice(1, Math.max(1, dashes)).some(({ value }) => /^(?:exec|rsh|run|debug)$/.test(value));
  return runs ? nonEmpty(words.slice(dashes + 1)) : undefined;
}

/** `cmd /s /c …`. */
function behindSwitches(words: readonly ShellWord[]): readonly ShellWord[] {
  const first = words.findIndex(({ value }, index) => index > 0 && !value.startsWith('/'));
  return first === -1 ? [] : words.slice(first);
}

/** `su - jenkins -c TEXT`, `runuser -u jenkins -- COMMAND`. */
function asUser(words: readonly ShellWord[]): { script: ShellWord } | { words: readonly ShellWord[] } | undefined {
  const at = words.findIndex(({ value }) => value === '-c' || value === '--command');
  const script = at === -1 ? undefined : words[at + 1];
  if (script !== undefined) return { script };
  const user = words.findIndex(({ value }) => value === '-u' || value === '--user');
  const inner = user === -1 ? [] : behind(words.slice(user + 1), {});
  return inner.length === 0 ? undefined : { words: inner };
}

function executed(words: readonly ShellWord[], onHost: boolean): Unwrapped[] {
  const found: Unwrapped[] = [];
  words.forEach(({ value }, index) => {
    if (!/^-(?:exec|execdir|ok|okdir)$/.test(value)) return;
    const end = words.findIndex((word, at) => at > index && (word.value === ';' || word.value === '+'));
    const inner = words.slice(index + 1, end === -1 ? undefined : end);
    found.push(...unwrap(inner).map((one) => ({ ...one, onHost: one.onHost || onHost })));
  });
  return found;
}

/** Process 1 of the host, with its mounts: without them the program would be the container's own. */
function entersHost(options: readonly ShellWord[]): boolean {
  const text = options.map(({ value }) => value).join(' ');
  const target = /\s-[a-zA-Z]*t\s*1(?:\s|$)|--target[= ]1(?:\s|$)|\/proc\/1\/ns\//.test(text);
  return target && /\s-[a-zA-Z]*[ma]|--mount|--all/.test(text);
}
