import type { Branches } from './branch-spans.js';
import { findDirectives, type Directive } from './find-directives.js';
import { looksLikeYaml } from './looks-like-yaml.js';
import { mergeBranches } from './merge-branches.js';
import { mappedBy } from './mapped-by.js';
import type { ParsedPart, ParsedParts } from './parsed-part.js';
import { shiftedBy } from './shifted-by.js';
import type { Span } from './span-node.js';
import { hasContent } from './has-content.js';
import { takeOutDirectives, type PlainTemplate } from './take-out-directives.js';
import { yamlTree } from './yaml-tree.js';

/**
 * The documents of a text that is YAML or JSON once its template directives are taken out; undefined when it has none, or is not
 * valid without them either. What the directives themselves say is given as texts.
 */
export function parseTemplate(text: string): ParsedParts | undefined {
  const directives = findDirectives(text);
  if (directives.length === 0) return undefined;
  const spans = definedSpans(text, directives);
  if (spans.length === 0) return parsePlain(text, directives);
  const parsed = spans.map((span) =>
    shifted(parsePlain(text.slice(span.start, span.end), within(directives, span)), span),
  );
  if (parsed.every((result) => result === undefined)) return undefined;
  return {
    parts: parsed.flatMap((result) => result?.parts ?? []),
    texts: parsed.flatMap((result, index) => result?.texts ?? [spans[index] as Span]),
    failures: [],
  };
}

function parsePlain(text: string, directives: readonly Directive[]): ParsedParts | undefined {
  const all = takeOutDirectives(text, directives, 'all');
  if (!hasContent(all.text, { start: 0, end: all.text.length }))
    return { parts: [], texts: telling(text, all.left), failures: [] };
  const parts = partsOf(all);
  if (parts !== undefined) return { parts, texts: telling(text, all.left), failures: [] };
  if (!directives.some(({ kind }) => kind === 'else')) return undefined;
  const [first, last] = (['first', 'last'] satisfies Branches[]).map((branches) => {
    const plain = takeOutDirectives(text, directives, branches);
    return { plain, parts: partsOf(plain) };
  });
  if (first?.parts === undefined && last?.parts === undefined) return undefined;
  // What the one that is valid leaves out stands in the other one, unless that is not valid.
  const only = first?.parts === undefined ? last : last?.parts === undefined ? first : undefined;
  const left = only === undefined ? all.left : only.plain.left;
  return { parts: [...(first?.parts ?? []), ...(last?.parts ?? [])], texts: telling(text, left), failures: [] };
}

function partsOf({ text, segments, restore }: PlainTemplate): ParsedPart[] | undefined {
  if (!looksLikeYaml(text)) return undefined;
  try {
    const values = mergeBranches(text, yamlTree(text), restore);
    const structures = values.filter(({ value }) => value !== null && typeof value === 'object');
    if (structures.length === 0) return undefined;
    const toText = mappedBy(segments);
    return structures.map(({ value, spans }) => ({ value, form: 'yaml', template: true, spans: () => spans, toText }));
  } catch {
    return undefined;
  }
}

/** Names of templates, and comments. */
const SAYS_NOTHING = /\b(?:include|template|define|block)\s+"[^"\r\n]*"|\{\{-?\s*\/\*[^]*?\*\//g;

/** Those in which a text is written out. */
function telling(text: string, spans: readonly Span[]): Span[] {
  return spans.filter(({ start, end }) => /["'`]|\w\/\w/.test(text.slice(start, end).replace(SAYS_NOTHING, '')));
}

/** The bodies of `define` blocks and what is between them; none when nothing is defined. */
function definedSpans(text: string, directives: readonly Directive[]): Span[] {
  if (!directives.some(({ kind }) => kind === 'define')) return [];
  const spans: Span[] = [];
  let depth = 0;
  let defined = -1;
  let start = 0;
  for (const directive of directives) {
    if (directive.kind === 'define' && defined === -1) {
      spans.push({ start, end: directive.start });
      start = directive.end;
      defined = depth;
    }
    if (directive.kind === 'if' || directive.kind === 'define' || directive.kind === 'block') depth++;
    else if (directive.kind === 'end' && --depth <= defined) {
      spans.push({ start, end: directive.start });
      start = directive.end;
      defined = -1;
    }
  }
  spans.push({ start, end: text.length });
  return spans.filter((span) => hasContent(text, span));
}

function within(directives: readonly Directive[], { start, end }: Span): Directive[] {
  return directives
    .filter((directive) => directive.start >= start && directive.end <= end)
    .map((directive) => ({ ...directive, start: directive.start - start, end: directive.end - start }));
}

function shifted(parsed: ParsedParts | undefined, { start }: Span): ParsedParts | undefined {
  if (parsed === undefined) return undefined;
  const shift = shiftedBy(start);
  const parts = parsed.parts.map((part) => ({ ...part, toText: (span: Span) => shift(part.toText(span)) }));
  return { parts, texts: parsed.texts.map((each) => ({ ...each, ...shift(each) })), failures: [] };
}
