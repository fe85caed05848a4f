import { textRole } from './text-role.js';
import type { TextRole } from './views.js';

/** Of a string under its key: a ConfigMap's key may tell a script that looks like nothing else. */
export function roleOf(text: string, key: string): TextRole {
  const role = shellOnly(text, textRole(text));
  return role === 'unknown' && /\.(?:ba)?sh$/.test(key) && !text.startsWith('#!') ? 'script' : role;
}

/** A script of another language is none of a shell's. */
export function shellOnly(text: string, role: TextRole): TextRole {
  return role === 'script' && text.startsWith('#!') && !isShellScript(text) ? 'unknown' : role;
}

/** By its first line, which names the interpreter. */
export function isShellScript(text: string): boolean {
  return /^#!.*\b(?:ba|da|a|z|k)?sh\b/.test(text);
}
