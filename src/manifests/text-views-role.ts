import { textRole } from './text-role.js';
import type { TextRole } from './views.js';

/** A script of another language is no shell's; a ConfigMap's key may tell a script that looks like nothing else. */
export function roleOf(text: string, key: string): TextRole {
  const role = textRole(text);
  if (role === 'script') return text.startsWith('#!') && !isShellScript(text) ? 'unknown' : 'script';
  return role === 'unknown' && /\.(?:ba)?sh$/.test(key) ? 'script' : role;
}

/** By its first line, which names the interpreter. */
export function isShellScript(text: string): boolean {
  return /^#!.*\b(?:ba|da|a|z|k)?sh\b/.test(text);
}
