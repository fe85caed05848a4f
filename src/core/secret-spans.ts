import { quoteReader, type Quote } from './quote-reader.js';
import type { TextSyntax } from './text-syntax.js';

export interface SecretSpan {
  readonly start: number;
  readonly end: number;
}

/** A word that stands for a secret, see `secret-markers.ts`. */
export const MARKER = /SECRET-([0-9a-f]{12})-[0-9]+/g;

const HAS_MARKER = new RegExp(MARKER.source);

/** `scheme://user:`, also with JSON's `\/`; what follows is a password if an `@` comes before the path. */
const URL_HEAD = /(?<=[a-z0-9+.-]):(?:\\?\/){2}(?:[^\s/:@"'`\\]|\\[^\n/])*:/gi;

const SECRET_KEY = String.raw`(?:\bauth|identity_?token|registry_?token|token|password|passwd|secret|secret_?access_?key|client-key-data)`;

/** `"auth": `, `PASSWORD=`, `password = `, `{\"auth\":`. */
const KEY_HEAD = new RegExp(String.raw`${SECRET_KEY}(?:\\?["'])?\s*[:=]\s*`, 'gi');

/** `Authorization = ["Basic `, `Authorization: Bearer `. */
const HEADER_HEAD = /\bauthorization(?:\\?["'])?\s*[:=]\s*\[?\s*(?:\\?["'])?(?:basic|bearer)\s+/gi;

/** `docker login -u ci -p `, `--password `. */
const LOGIN_HEAD = /\blogin\b[^\n;|&]{0,400}?\s(?:-p|--password)(?:\s+|=)/g;

const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----(?:\s|\\[nr])*/g;

/** Where the secrets of a configuration text stand, in their order and apart from each other. Markers are none. */
export function secretSpans(text: string, syntax: TextSyntax): readonly SecretSpan[] {
  const found = [...keys(text), ...heads(text, URL_HEAD, 'url'), ...valueHeads(text)].sort((a, b) => a.at - b.at);
  if (found.length === 0) return [];
  const quoteAt = quoteReader(text, syntax);
  const spans: SecretSpan[] = [];
  for (const head of found) {
    const inside = head.at < (spans.at(-1)?.end ?? 0);
    if (inside && head.kind !== 'url' && head.end === undefined) continue;
    const quote = quoteAt(head.at);
    const [start, end] = head.end === undefined ? bodyOf(text, head, quote, syntax) : [head.at, head.end];
    const last = spans.at(-1);
    if (start >= end || (head.end === undefined && HAS_MARKER.test(text.slice(start, end)))) continue;
    if (last === undefined || start >= last.end) spans.push({ start, end });
    else if (end > last.end) spans[spans.length - 1] = { ...last, end };
  }
  return spans.filter(({ start, end }) => !HAS_MARKER.test(text.slice(start, end)));
}

interface Head {
  readonly kind: 'url' | 'value' | 'word';
  /** Where the secret begins, or the quote before it. */
  readonly at: number;
  /** Where what names it begins. */
  readonly from: number;
  /** Where it is known to end. */
  readonly end?: number;
}

const heads = (text: string, pattern: RegExp, kind: Head['kind']): Head[] =>
  Array.from(text.matchAll(pattern), ({ index, 0: all }) => ({ kind, at: index + all.length, from: index }));

const valueHeads = (text: string): Head[] => [
  ...heads(text, KEY_HEAD, 'value'),
  ...heads(text, HEADER_HEAD, 'word'),
  ...heads(text, LOGIN_HEAD, 'word'),
];

/** Of private keys what is between their first line and their last; to the end of the text where there is no last. */
function keys(text: string): Head[] {
  const found: Head[] = [];
  for (const { index, 0: first } of text.matchAll(PRIVATE_KEY)) {
    if (index < (found.at(-1)?.end ?? 0)) continue;
    const at = index + first.length;
    const last = text.indexOf('-----END', at);
    const body = text.slice(at, last === -1 ? text.length : last).replace(/(?:\s|\\[nr])+$/, '');
    found.push({ kind: 'value', at, from: index, end: at + body.length });
  }
  return found;
}

function bodyOf(text: string, head: Head, outer: Quote, syntax: TextSyntax): readonly [number, number] {
  if (head.kind === 'url') {
    const reach = matchAt(text, head.at, urlBody(outer, syntax));
    return [head.at, head.at + reach.lastIndexOf('@')];
  }
  const opened = outer === '' ? /"""|'''|["']/y : outer.startsWith('"') ? /\\"|'/y : /"/y;
  const open = matchAt(text, head.at, opened);
  const start = head.at + open.length;
  if (open !== '') return [start, start + matchAt(text, start, quotedBody(open, outer, syntax)).length];
  const value = matchAt(text, head.at, bareBody(text, head, outer, syntax)).trimEnd();
  return NO_SECRET.test(value) ? [head.at, head.at] : [head.at, head.at + value.length];
}

/** Words of YAML and JSON, what is masked already, and YAML's block scalars, anchors and aliases. */
const NO_SECRET = /^(?:true|false|null|~|\*{3}.*|[|>][-+0-9]*|[&*!].*)$/i;

const matchAt = (text: string, at: number, pattern: RegExp): string => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
};

/** YAML doubles a quote, and systemd resolves escapes also here. */
const IN_SINGLE_QUOTES = { yaml: /(?:[^\s/']|'')+/y, unit: /(?:[^\s/'\\]|\\[^\n/])+/y, raw: /[^\s/']+/y } as const;

function urlBody(outer: Quote, syntax: TextSyntax): RegExp {
  if (outer.startsWith('"')) return /(?:[^\s/"\\]|\\[^\n/])+/y;
  if (outer !== '') return IN_SINGLE_QUOTES[syntax === 'yaml' || syntax === 'unit' ? syntax : 'raw'];
  return syntax === 'raw' ? /[^\s/"'`]+/y : /[^\s/]+/y;
}

function quotedBody(open: string, outer: Quote, syntax: TextSyntax): RegExp {
  if (open === '\\"') return /(?:[^"\\\n]|\\\\\\"|\\[^"\n])+/y;
  if (outer !== '') return open === '"' ? /[^"'\n]+/y : /(?:[^'"\\\n]|\\[^\n])+/y;
  if (open === '"""') return /(?:(?!""")(?:[^\\]|\\[^]))+/y;
  if (open === "'''") return /(?:(?!''')[^])+/y;
  if (open === '"') return syntax === 'env' ? /(?:[^"\\]|\\[^])+/y : /(?:[^"\\\n]|\\[^\n])+/y;
  if (syntax === 'unit') return /(?:[^'\\\n]|\\[^\n])+/y;
  return syntax === 'yaml' ? /(?:[^'\n]|'')+/y : /[^'\n]+/y;
}

/** What stands without quotes of its own: nothing where only numbers and tables do. */
function bareBody(text: string, { at, from, kind }: Head, outer: Quote, syntax: TextSyntax): RegExp {
  if (kind === 'value' && /\n[^\S\n]*$/.test(text.slice(Math.max(from, at - 80), at))) return NOTHING;
  if (outer.startsWith('"')) return syntax === 'raw' ? /(?:[^\s"'{}[\],;#\\]|\\[^\n])+/y : /(?:[^\s"\\]|\\[^\n])+/y;
  if (outer !== '') {
    if (syntax === 'raw') return /[^\s"'{}[\],;#]+/y;
    return syntax === 'unit' ? /(?:[^\s'\\]|\\[^\n])+/y : /(?:[^\s']|'')+/y;
  }
  const near = text.slice(Math.max(0, from - 500), from);
  const before = near.slice(near.lastIndexOf('\n') + 1);
  switch (syntax) {
    case 'json':
    case 'toml':
      return NOTHING;
    case 'unit':
      return /(?:[^\s\\]|\\[^\n])+/y;
    case 'env':
      return /^\s*\w*$/.test(before) ? /(?:[^\n\\]|\\[^])+/y : /\S+/y;
    case 'yaml':
      if (/[{[]/.test(before)) return /[^\s"'{}[\],]+/y;
      return /:\s*$/.test(text.slice(from, at)) ? /(?:(?!\s#)[^\n"'{}[\]]|(?<=\S)["'{}[\]])+/y : /[^\s"']+/y;
    case 'raw':
      return /[^\s"'{}[\],;#]+/y;
  }
}

const NOTHING = /(?!)/y;
