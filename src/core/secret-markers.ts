import { applySpans } from './apply-spans.js';
import { decodeTextValue } from './decode-text-value.js';
import { sha256 } from './digest.js';
import { encodeTextValue } from './encode-text-value.js';
import { MigrateError } from './errors.js';
import { quoteReader, type Quote } from './quote-reader.js';
import { MARKER, secretSpans } from './secret-spans.js';
import { textSyntax, type TextSyntax } from './text-syntax.js';

/**
 * No secret is in an inventory, a plan, a journal or an output. What is read from a file has a marker in the place of
 * each: a word of letters, digits and dashes, `SECRET-<12 hex digits of the path's SHA-256>-<ordinal in the file>`, which
 * whoever makes a new file from it copies along like any other word. When that file is written, on the node, the marker's
 * file is read again and the secret put in.
 */
export const hideSecrets = (text: string, path: string): string => {
  const spans = secretSpans(text, textSyntax(path));
  return applySpans(text, spans, (_span, index) => markerOf(path, index + 1));
};

const fileOf = (path: string): string => sha256(path).slice(0, 12);

const markerOf = (path: string, ordinal: number): string => `SECRET-${fileOf(path)}-${ordinal}`;

/** Those of the paths from whose files the markers in a content come, sorted. */
export function secretSources(content: string, paths: Iterable<string>): readonly string[] {
  const files = new Set(Array.from(content.matchAll(MARKER), ([, file]) => file));
  return files.size === 0 ? [] : [...new Set(paths)].filter((path) => files.has(fileOf(path))).sort();
}

/** The markers in a content that come from none of the files. */
export function strangeMarkers(content: string, paths: Iterable<string>): readonly string[] {
  const found = Array.from(content.matchAll(MARKER), ([marker, file]) => ({ marker, file }));
  if (found.length === 0) return [];
  const known = new Set(Array.from(paths, fileOf));
  return [...new Set(found.filter(({ file }) => !known.has(file ?? '')).map(({ marker }) => marker))];
}

/** For everything that people read: a content without its markers, which would tell them nothing. */
export const maskSecrets = (content: string): string => content.replace(MARKER, '***');

interface Secret {
  readonly written: string;
  readonly syntax: TextSyntax;
  readonly quote: Quote;
}

/**
 * A content with its secrets, which are taken from the true texts of the files they come from, by path. A secret is written
 * as it is there where the content says the same by it, and otherwise as the content's own syntax has it.
 * Errors: `failed` for a marker that no source explains, and for a secret that cannot be written where its marker stands;
 * both name the path and the marker.
 */
export function restoreSecrets(content: string, targetPath: string, sources: Readonly<Record<string, string>>): string {
  const markers = Array.from(content.matchAll(MARKER), ({ index, 0: marker }) => ({
    marker,
    start: index,
    end: index + marker.length,
  }));
  if (markers.length === 0) return content;
  const secrets = new Map(Object.entries(sources).flatMap(([path, text]) => secretsOf(path, text)));
  const syntax = textSyntax(targetPath);
  const quoteAt = quoteReader(content, syntax);
  return applySpans(content, markers, ({ marker, start, end }) => {
    const secret = secrets.get(marker);
    if (secret === undefined) {
      throw new MigrateError(
        'failed',
        `${targetPath} has ${marker} in the place of a secret, which is in no file it was made from`,
      );
    }
    const written = writtenAs(secret, syntax, quoteAt(start), isWholeScalar(content, start, end));
    if (written !== undefined) return written;
    throw new MigrateError('failed', `the secret ${marker} cannot be written in ${targetPath}`, {
      hint: `Put it into ${targetPath} by hand, or move it to a file of its own, and plan again.`,
    });
  });
}

/** The quote is the one around the marker: what a secret holds may look like the end of one, or the beginning. */
function secretsOf(path: string, text: string): (readonly [string, Secret])[] {
  const syntax = textSyntax(path);
  const quoteAt = quoteReader(hideSecrets(text, path), syntax);
  let shift = 0;
  return secretSpans(text, syntax).map(({ start, end }, index) => {
    const marker = markerOf(path, index + 1);
    const quote = quoteAt(start + shift);
    shift += marker.length - (end - start);
    return [marker, { written: text.slice(start, end), syntax, quote }];
  });
}

function writtenAs(secret: Secret, syntax: TextSyntax, quote: Quote, alone: boolean): string | undefined {
  if (secret.syntax === syntax && secret.quote === quote) return secret.written;
  if (secret.syntax === 'unit' && syntax === 'unit') return requoted(secret, quote);
  const value = decodeTextValue(secret.written, secret.syntax, secret.quote);
  if (value === undefined) return undefined;
  // A number or a word that YAML has a meaning of its own for would change its type without quotes.
  if (syntax === 'yaml' && quote === '' && alone) return JSON.stringify(value);
  const isPlain = quote !== '' && !(syntax === 'unit' && secret.written.includes('%'));
  if (isPlain && decodeTextValue(secret.written, syntax, quote) === value) return secret.written;
  return encodeTextValue(value, syntax, quote);
}

/** What a percent sign means that is not doubled differs between versions of systemd, but not between units. */
function requoted({ written, quote: from }: Secret, to: Quote): string | undefined {
  const value = decodeTextValue(written.replaceAll('%', '%%'), 'unit', from);
  return value === undefined ? undefined : encodeTextValue(value, 'unit', to)?.replaceAll('%%', '%');
}

/** Whether a marker is all of a value in YAML. */
const isWholeScalar = (content: string, start: number, end: number): boolean =>
  /(?:^|[\s:])[-:]? ?$/.test(content.slice(Math.max(0, start - 3), start)) &&
  /^\s*(?:\n|$| #)/.test(content.slice(end, end + 200));
