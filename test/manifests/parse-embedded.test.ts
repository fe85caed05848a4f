import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseEmbedded } from '../../src/manifests/parse-embedded.js';
import { parseText } from '../../src/manifests/parse-text.js';
import type { Path } from '../../src/manifests/place.js';
import type { SourceDocument } from '../../src/manifests/source-document.js';

const at = (value: unknown, path: Path): unknown =>
  path.reduce((inner, step) => (inner as Record<string, unknown>)[step as string], value);

function embedded(outer: SourceDocument | undefined, path: Path): SourceDocument[] {
  if (outer === undefined) throw new Error('no document');
  return parseEmbedded(at(outer.value, path) as string, outer.source, path);
}

const NOTHING = { locate: () => undefined, lineText: () => undefined };

describe('parseEmbedded', () => {
  it('finds TOML in YAML in YAML', () => {
    const text = [
      'kind: ConfigMap',
      'data:',
      '  values.yaml: |',
      '    # outer',
      '    runners:',
      '      config: |',
      '        [[runners]]',
      '          [[runners.kubernetes.volumes.host_path]]',
      '            host_path = "/var/run/docker.sock"',
    ].join('\n');
    const [values] = embedded(parseText(text).documents[0], ['data', 'values.yaml']);
    const [toml] = embedded(values, ['runners', 'config']);
    const path = ['runners', 0, 'kubernetes', 'volumes', 'host_path', 0, 'host_path'];
    expect(toml?.form).toBe('toml');
    expect(at(toml?.value, path)).toBe('/var/run/docker.sock');
    expect(toml?.source.locate({ path })).toEqual({ line: 9, column: 25, endLine: 9, endColumn: 47 });
    expect(toml?.source.locate({ path, offset: 9, length: 6 })).toMatchObject({ line: 9, column: 35, endColumn: 41 });
    expect(toml?.source.lineText(9)).toContain('host_path = "/var/run');
  });

  it('finds JSON in an annotation, through the escapes of JSON', () => {
    const inner = JSON.stringify({ kind: 'Pod', spec: { volumes: [{ hostPath: { path: '/var/run/docker.sock' } }] } });
    const text = JSON.stringify({ metadata: { annotations: { last: inner } } });
    const [pod] = embedded(parseText(text).documents[0], ['metadata', 'annotations', 'last']);
    const found = pod?.source.locate({ path: ['spec', 'volumes', 0, 'hostPath', 'path'], offset: 0, length: 20 });
    expect(text.slice((found?.column ?? 0) - 1, (found?.endColumn ?? 0) - 1)).toBe('/var/run/docker.sock');
  });

  it('finds several documents, lists of mappings and templates', () => {
    const text = 'a: |\n  kind: A\n  ---\n  - b: 1\n  ---\n  kind: {{ .x }}\n';
    const documents = embedded(parseText(text).documents[0], ['a']);
    expect(documents.map(({ value, template }) => [value, template])).toEqual([
      [{ kind: 'A' }, false],
      [[{ b: 1 }], false],
      [{ kind: '{{ .x }}' }, true],
    ]);
    expect(documents[1]?.source.locate({ path: [0, 'b'] })).toMatchObject({ line: 4, column: 8 });
    expect(documents[2]?.source.locate({ path: ['kind'] })).toMatchObject({ line: 6, column: 9 });
  });

  it.each([
    ['a word', 'word'],
    ['a line', 'key: value'],
    ['a path', '/var/run/docker.sock'],
    ['prose', 'Some text\nthat goes on: and on\nand on'],
    ['a script', '#!/bin/sh\nx: y\n'],
    ['a script without a first line', 'set -e\ndocker ps\nA=b\n'],
    ['a list of words', '- a\n- b\n'],
    ['a list of words in JSON', '["a", "b"]'],
    ['environment', 'A=b\nC=d\n'],
    ['a unit', '[Unit]\nAfter=docker.service\n'],
    ['a fluentd configuration', '<source>\n  @type tail\n  path /x\n</source>\n'],
    ['a fluent-bit configuration', '[INPUT]\n    Name tail\n    Path /var/log/x\n'],
    ['a broken structure in prose', 'see {x\nand: y: z\n'],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'],
  ])('finds nothing in %s', (_name, text) => {
    expect(parseEmbedded(text, NOTHING, [])).toEqual([]);
  });

  it('is quick to say no', () => {
    const texts = Array.from({ length: 100_000 }, (_, index) => `--flag-${index}=/some/path:with`);
    texts.push('x'.repeat(5_000_000), `${'some words in a line\n'.repeat(200_000)}`, '\n'.repeat(1_000_000));
    const started = performance.now();
    for (const text of texts) parseEmbedded(text, NOTHING, []);
    expect(performance.now() - started).toBeLessThan(1500);
  });

  it('places each value through two layers', () => {
    const word = fc.stringMatching(/^[a-z/"'\\ :]{1,12}$/);
    const inner = fc.dictionary(fc.stringMatching(/^[a-z]{3,8}$/), fc.oneof(word, fc.array(word, { minLength: 1 })), {
      minKeys: 2,
      noNullPrototype: true,
    });
    const writers: ((value: unknown) => string)[] = [
      (value) => dump(value),
      (value) => stringify(value),
      (value) => JSON.stringify(value, null, 2),
      (value) => stringify(value, { defaultStringType: 'QUOTE_DOUBLE' }),
      (value) => dump(value, { lineWidth: 20 }),
    ];
    const writer = fc.constantFrom(...writers);
    fc.assert(
      fc.property(inner, writer, writer, (value, writeInner, writeOuter) => {
        const text = writeOuter({ list: [{ text: writeInner(value) }] });
        const [document] = embedded(parseText(text).documents[0], ['list', 0, 'text']);
        expect(document?.value).toEqual(value);
        const lines = text.split('\n');
        for (const [key, entry] of Object.entries(value)) {
          for (const [path, word] of typeof entry === 'string'
            ? [[[key], entry] as const]
            : entry.map((each, index) => [[key, index], each] as const)) {
            for (let offset = 0; offset < word.length; offset++) {
              const found = document?.source.locate({ path: [...path], offset, length: 1 });
              const there = lines[(found?.line ?? 0) - 1]?.[(found?.column ?? 0) - 1];
              if (there !== '\\' && word[offset] !== ' ')
                expect(there, `${key}[${offset}] of ${text}`).toBe(word[offset]);
            }
          }
        }
      }),
      { numRuns: 400 },
    );
  });
});
