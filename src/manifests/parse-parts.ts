import { beginsLikeYaml } from './begins-like-yaml.js';
import { firstLine } from './first-line.js';
import { mimeParts } from './mime-parts.js';
import { isTerraform, parseHcl } from './parse-hcl.js';
import { parseJson } from './parse-json.js';
import { parseToml } from './parse-toml.js';
import { parseYaml } from './parse-yaml.js';
import type { ParsedParts } from './parsed-part.js';
import { shiftedBy } from './shifted-by.js';
import type { Span } from './span-node.js';
import { splitDocuments } from './split-documents.js';
import { textRole } from './text-role.js';

/** A longer document is given as a text alone: its value would take some ten times its size in memory. */
const MAX_DOCUMENT_LENGTH = 64 * 1024 * 1024;

/** A fence of Markdown at a line's beginning, which no YAML can have. */
const FENCE = /^(?:```|~~~)/m;

/** An assignment of a shell or an environment file; what is in its quotes may look like YAML. */
const ASSIGNMENT = /^(?:export\s+)?[A-Za-z_]\w{0,200}=["']/;

/** All that a text holds: by its content, for names say little. */
export function parseParts(text: string): ParsedParts {
  // Whatever its heredocs hold.
  if (text.startsWith('#!')) return parseOther(text);
  const json = text.length > MAX_DOCUMENT_LENGTH * 4 ? undefined : parseJson(text);
  if (json !== undefined) return json;
  const whole = { start: 0, end: text.length };
  const mime = mimeParts(text);
  if (mime !== undefined) return joined(text, mime, parseParts);
  if (FENCE.test(text)) return { parts: [], texts: [whole], failures: [] };
  if (isTerraform(text)) return text.length > MAX_DOCUMENT_LENGTH ? tooLong(text) : parseHcl(text);
  if (ASSIGNMENT.test(firstLine(text)) && textRole(text) !== 'unknown') return parseOther(text);
  return joined(text, splitDocuments(text), parseDocument);
}

function parseDocument(text: string): ParsedParts {
  if (text.length > MAX_DOCUMENT_LENGTH) return tooLong(text);
  const parsed = parseYaml(text);
  const isOther = parsed.texts.some(({ start, end }) => start === 0 && end === text.length) && !beginsLikeYaml(text);
  return isOther && textRole(text) !== 'unknown' ? parseOther(text) : parsed;
}

/** TOML is a structure, too, and its text is read beside it as that of other configuration is. */
function parseOther(text: string): ParsedParts {
  const role = textRole(text);
  const toml = role === 'config' && text.length <= MAX_DOCUMENT_LENGTH ? parseToml(text) : undefined;
  return { parts: toml === undefined ? [] : [toml], texts: [{ start: 0, end: text.length, role }], failures: [] };
}

function tooLong(text: string): ParsedParts {
  return {
    parts: [],
    texts: [{ start: 0, end: text.length }],
    failures: [{ offset: 0, reason: 'larger than 64 MiB' }],
  };
}

function joined(text: string, spans: readonly Span[], parse: (text: string) => ParsedParts): ParsedParts {
  const parsed = spans.map((span) => {
    const { parts, texts, failures } = parse(text.slice(span.start, span.end));
    const shift = shiftedBy(span.start);
    return {
      parts: parts.map((part) => ({ ...part, toText: (inner: Span) => shift(part.toText(inner)) })),
      texts: texts.map((each) => ({ ...each, ...shift(each) })),
      failures: failures.map(({ offset, reason }) => ({ offset: offset + span.start, reason })),
    };
  });
  return {
    parts: parsed.flatMap(({ parts }) => parts),
    texts: parsed.flatMap(({ texts }) => texts),
    failures: parsed.flatMap(({ failures }) => failures),
  };
}
