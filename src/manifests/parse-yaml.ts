import { YAMLException } from 'js-yaml';
import { findDirectives } from './find-directives.js';
import { loadYaml } from './load-yaml.js';
import { looksLikeYaml } from './looks-like-yaml.js';
import { mergeBranches } from './merge-branches.js';
import { mappedBy } from './mapped-by.js';
import { parseTemplate } from './parse-template.js';
import type { ParsedPart, ParsedParts, ParseFailure } from './parsed-part.js';
import { quickYamlSpan } from './quick-yaml-span.js';
import { repairYaml } from './repair-yaml.js';
import { shiftedBy } from './shifted-by.js';
import { takeOutDirectives } from './take-out-directives.js';
import { yamlSpans } from './yaml-spans.js';
import { yamlTree } from './yaml-tree.js';

const TEMPLATE = /\{[{%#]|<%|%\{|\$\{|@[A-Za-z_][\w.-]*@/;

/** What an unquoted `{{ … }}` is in YAML: a mapping as the key of a mapping. */
const MAPPING_AS_KEY = '[object Object]';

/** One document: as it stands, or as a template, or what is left of it without the lines that are not valid. */
export function parseYaml(text: string): ParsedParts {
  const texts = [{ start: 0, end: text.length }];
  try {
    const value = loadYaml(text);
    const template = text.includes('{{') && hasMappingAsKey(value) ? parseTemplate(text) : undefined;
    if (template !== undefined) return template;
    if (value === null || typeof value !== 'object') return { parts: [], texts, failures: [] };
    const part: ParsedPart = {
      value,
      form: 'yaml',
      template: false,
      spans: () => yamlSpans(text),
      quick: (place) => quickYamlSpan(text, value, place),
      toText: shiftedBy(0),
    };
    return { parts: [part], texts: [], failures: [] };
  } catch (error) {
    if (!(error instanceof YAMLException)) return { parts: [], texts, failures: [failureOf(error)] };
    const template = TEMPLATE.test(text) ? parseTemplate(text) : undefined;
    if (template !== undefined) return template;
    if (!looksLikeYaml(text)) return { parts: [], texts, failures: [] };
    return { parts: repairedParts(text), texts, failures: [failureOf(error)] };
  }
}

function repairedParts(text: string): ParsedPart[] {
  const plain = takeOutDirectives(text, findDirectives(text), 'all');
  const repaired = repairYaml(plain.text);
  if (repaired === undefined) return [];
  try {
    const toPlain = mappedBy(repaired.segments);
    const toTemplate = mappedBy(plain.segments);
    return mergeBranches(repaired.text, yamlTree(repaired.text), plain.restore)
      .filter(({ value }) => value !== null && typeof value === 'object')
      .map(({ value, spans }) => ({
        value,
        form: 'yaml',
        template: true,
        spans: () => spans,
        toText: (span) => toTemplate(toPlain(span)),
      }));
  } catch {
    return [];
  }
}

function failureOf(error: unknown): ParseFailure {
  if (error instanceof YAMLException) {
    // Its message would quote the lines around it.
    return { offset: error.mark?.position ?? 0, reason: `not valid YAML: ${withoutNames(error.reason)}` };
  }
  return { offset: 0, reason: error instanceof RangeError ? 'nested too deeply' : 'not readable' };
}

/** js-yaml names aliases and tags, which are the text's own words. */
const withoutNames = (reason: string): string => reason.replace(/\s*(?:"[^]*"|!<[^]*>)/g, '');

/** Aliases make a value a graph: each node is seen once. */
function hasMappingAsKey(value: unknown): boolean {
  const seen = new Set<unknown>();
  const rest = [value];
  while (rest.length > 0) {
    const next = rest.pop();
    if (next === null || typeof next !== 'object' || seen.has(next)) continue;
    seen.add(next);
    if (Object.hasOwn(next, MAPPING_AS_KEY)) return true;
    for (const inner of Object.values(next)) rest.push(inner);
  }
  return false;
}
