import type { Span } from './span-node.js';

/**
 * What a template engine replaces: Helm and other Go templates, Jinja and Helmfile's `{{`, Jinja's `{%` and `{#`, ERB's and EJS's
 * `<%`, Terraform's `%{`, `${VARIABLE}` of envsubst and the like, `@VARIABLE@` of Maven and autoconf.
 */
export interface Directive extends Span {
  /** `output` stands for a value; `if`, `else` and `end` choose; `define` begins what is put elsewhere; others leave nothing. */
  readonly kind: 'output' | 'if' | 'else' | 'end' | 'define' | 'block' | 'other';
}

const OPENER = /\$?\{\{|\{%|\{#|<%|%\{|\$\{|@[A-Za-z_][\w.-]*@/g;

const CLOSER: Readonly<Record<string, string>> = {
  '{{': '}}',
  '{%': '%}',
  '{#': '#}',
  '<%': '%>',
  '%{': '}',
  '${': '}',
};

const WORDS: Readonly<Record<string, Directive['kind']>> = {
  if: 'if',
  unless: 'if',
  with: 'if',
  range: 'if',
  for: 'if',
  else: 'else',
  elif: 'else',
  elsif: 'else',
  elseif: 'else',
  end: 'end',
  endif: 'end',
  endfor: 'end',
  endwith: 'end',
  '}': 'end',
  define: 'define',
  block: 'block',
  macro: 'define',
  endmacro: 'end',
  endblock: 'end',
  break: 'other',
  continue: 'other',
};

/** A text with more than these is no template that someone wrote. */
const MAX_DIRECTIVES = 100_000;

export function findDirectives(text: string): Directive[] {
  const directives: Directive[] = [];
  /** Closers that stand nowhere in the rest of the text, so that it is not searched for each opener again. */
  const missing = new Set<string>();
  OPENER.lastIndex = 0;
  for (let match = OPENER.exec(text); match !== null; match = OPENER.exec(text)) {
    if (directives.length >= MAX_DIRECTIVES) return [];
    const start = match.index;
    if (match[0].startsWith('@')) {
      directives.push({ start, end: OPENER.lastIndex, kind: 'output' });
      continue;
    }
    const opener = match[0].slice(-2);
    const inside = OPENER.lastIndex;
    const end = missing.has(opener) ? -1 : directiveEnd(text, inside, opener);
    if (end === -1) {
      missing.add(opener);
      continue;
    }
    directives.push({ start, end, kind: kindOf(opener, text.slice(inside, Math.min(end, inside + 200))) });
    OPENER.lastIndex = end;
  }
  return directives;
}

/** After the closer; a closer in a string or in a comment is none. */
function directiveEnd(text: string, from: number, opener: string): number {
  const closer = CLOSER[opener] ?? '}}';
  if (opener === '{{' && /^-?\s*\/\*/.test(text.slice(from, from + 20))) {
    const comment = text.indexOf('*/', from);
    if (comment !== -1) from = comment + 2;
  }
  const end = text.indexOf(closer, from);
  if (end === -1) return -1;
  if (opener === '{{') return quotedEnd(text, from, end);
  return opener === '${' || opener === '%{' ? bracedEnd(text, from, end) : end + closer.length;
}

/** The first `}}` that stands in no string; the first one at all when a quote is never closed. */
function quotedEnd(text: string, from: number, first: number): number {
  const token = /"(?:[^"\\\r\n]|\\[^\r\n]){0,2000}"|`[^`]{0,2000}`|\}\}/g;
  token.lastIndex = from;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    if (match[0] === '}}') return token.lastIndex;
    if (token.lastIndex - from > 10_000) break;
  }
  return first + 2;
}

/** `${jsonencode({ a = 1 })}`, on one line. */
function bracedEnd(text: string, from: number, first: number): number {
  let depth = 1;
  for (let at = from; at < text.length && at - from < 10_000 && text[at] !== '\n'; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at + 1;
  }
  return first + 1;
}

function kindOf(opener: string, inside: string): Directive['kind'] {
  if (opener === '${') return 'output';
  if (opener === '{#') return 'other';
  if (opener === '<%' && inside.startsWith('=')) return 'output';
  const code = inside.replace(/^[-~+]?\s*/, '');
  if (code.startsWith('/*') || /^\$[\w.]*\s*:?=/.test(code) || code.startsWith('!')) return 'other';
  const word = /^(?:[#/^]?[a-z]+|\})/.exec(code)?.[0] ?? '';
  // Handlebars.
  if (opener === '{{' && /^[#^]/.test(word)) return 'if';
  if (opener === '{{' && word.startsWith('/')) return 'end';
  if (opener === '<%' && /\bdo\s*(?:\|[^|]*\|)?\s*-?%>/.test(inside)) return 'if';
  const known = WORDS[word];
  if (known !== undefined) return known;
  return opener === '{{' ? 'output' : 'other';
}
