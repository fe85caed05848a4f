import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Location } from '../../src/core/finding.js';
import { loadYaml } from '../../src/manifests/load-yaml.js';
import { parseText } from '../../src/manifests/parse-text.js';
import type { Path } from '../../src/manifests/place.js';
import type { SourceDocument } from '../../src/manifests/source-document.js';

const word = fc
  .oneof(
    fc.constantFrom('a', 'path', 'volumes', '/var/run/docker.sock', 'true', '12', '', ' ', 'x: y', '- z', "it's", '#c'),
    fc.string({ maxLength: 12 }),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
  )
  // As a key it is a merge.
  .filter((each) => each !== '<<');
const text = fc.oneof(
  word,
  fc.array(word, { minLength: 2, maxLength: 6 }).map((words) => words.join(' ')),
  fc
    .array(fc.oneof(word, fc.constantFrom('', '  deeper', 'a line', 'docker run -v "/x:/y"')), { maxLength: 6 })
    .map((lines) => lines.join('\n')),
);
const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(word, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const structure = fc.oneof(
  fc.array(anyValue, { minLength: 1, maxLength: 4 }),
  fc.dictionary(word, anyValue, { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
);

function* places(value: unknown, path: Path = []): Generator<{ path: Path; value: unknown }> {
  yield { path, value };
  if (value === null || typeof value !== 'object') return;
  const isList = Array.isArray(value);
  for (const [key, inner] of Object.entries(value)) yield* places(inner, [...path, isList ? Number(key) : key]);
}

/** The stretch with its first line indented as it stands, so that it reads as a document of its own. */
function cut(file: string, { line, column, endLine, endColumn }: Location): string {
  const lines = file.split(/\r\n|\n|\r/).slice(line - 1, endLine);
  lines.push((lines.pop() ?? '').slice(0, endColumn - 1));
  return [' '.repeat(column - 1) + (lines[0] ?? '').slice(column - 1), ...lines.slice(1)].join('\n');
}

/** A stretch ends with its last character that is no blank, which may cost the last string of a container some. */
function trimmed(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, inner: unknown) =>
    typeof inner === 'string' ? inner.trimEnd() : inner,
  );
}

function isReadable(file: string): boolean {
  try {
    loadYaml(file);
    return true;
  } catch {
    return false;
  }
}

function expectPlaces(file: string, document: SourceDocument | undefined): void {
  if (document === undefined) throw new Error(`no document in ${JSON.stringify(file)}`);
  const lines = file.split(/\r\n|\n|\r/);
  for (const { path, value } of places(document.value)) {
    const found = document.source.locate({ path });
    if (found === undefined) throw new Error(`${JSON.stringify(path)} not found`);
    if (typeof value !== 'string') {
      const read = loadYaml(cut(file, found));
      // A value that is not written down is pointed at by its key.
      if (value !== null) expect(trimmed(read), JSON.stringify(path)).toEqual(trimmed(value));
      continue;
    }
    for (let offset = 0; offset < value.length; offset++) {
      const at: Location | undefined = document.source.locate({ path, offset, length: 1 });
      const character: string | undefined = lines[(at?.line ?? 0) - 1]?.[(at?.column ?? 0) - 1];
      if (value[offset] !== character && character !== '\\' && !/[\s\u0085]/.test(value[offset] ?? '')) {
        expect.fail(`${JSON.stringify(path)}[${offset}] of ${JSON.stringify(file)} is ${JSON.stringify(character)}`);
      }
    }
    const key = path.at(-1);
    if (typeof key === 'string' && key.length > 0) {
      const at: Location | undefined = document.source.locate({ path, key: true });
      if (at === undefined) throw new Error('no key');
      expect(String(loadYaml(`${cut(file, at)}`) ?? ''), JSON.stringify(path)).toBe(key);
    }
  }
}

describe('locate', () => {
  const writers: Record<string, (value: unknown) => string> = {
    'js-yaml': (value) => dump(value),
    'js-yaml, narrow': (value) => dump(value, { lineWidth: 12, noArrayIndent: true, quotingType: '"' }),
    'js-yaml, flow': (value) => dump(value, { flowLevel: 1, noRefs: true }),
    yaml: (value) => stringify(value),
    'yaml, folded': (value) =>
      stringify(value, { lineWidth: 20, blockQuote: 'folded', defaultStringType: 'BLOCK_FOLDED' }),
    'yaml, quoted': (value) => stringify(value, { lineWidth: 20, defaultStringType: 'QUOTE_DOUBLE' }),
    'yaml, single quotes': (value) => stringify(value, { lineWidth: 20, singleQuote: true, blockQuote: false }),
    'yaml, literal': (value) => stringify(value, { indent: 4, indentSeq: false, blockQuote: 'literal' }),
    JSON: (value) => JSON.stringify(value),
    'JSON, indented': (value) => JSON.stringify(value, null, 2),
  };
  for (const [name, write] of Object.entries(writers)) {
    it(`finds each value that ${name} writes`, () => {
      fc.assert(
        fc.property(structure, fc.constantFrom('\n', '\r\n'), (value, end) => {
          const file = write(value).replaceAll('\n', end);
          // Now and then js-yaml writes what it refuses to read: `[a :{]`.
          fc.pre(isReadable(file));
          const parsed = parseText(file);
          expect(parsed.errors).toEqual([]);
          expectPlaces(file, parsed.documents[0]);
        }),
        { numRuns: 300 },
      );
    });
  }
});
