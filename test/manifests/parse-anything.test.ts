import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { parseEmbedded } from '../../src/manifests/parse-embedded.js';
import { parseText } from '../../src/manifests/parse-text.js';
import type { Path } from '../../src/manifests/place.js';

const FRAGMENTS = [
  '\n', '\n', '\n', '\r\n', '  ', '    ', '- ', ': ', ':', 'a', 'kind: Pod', 'volumes:', 'path: /x', '"', "'", '|', '>-', '{', '}', '[', ']', ',',
  '{{', '}}', '{{- if .x }}', '{{- else }}', '{{- end }}', '{{ .y }}', '{{/*', '*/}}', '{{ define "x" }}', '{%', '%}', '<%', '${', '@a@', '---', '...',
  '#', '&a ', '*a', '<<: ', '!x ', '? ', '%YAML 1.2', 'resource "kubernetes_pod" "x" {', 'locals {', '= ', '<<EOF\n', 'EOF\n', '//', '/*', '*/', '\\', '\t',
  '[a]\n', '[[b.c]]\n', 'x = 1', '"""', '0', 'null', '\ufeff', '\u0007', '\ue000', '🐳', 'apiVersion: v1', '"kind":',
]; // prettier-ignore

function* places(value: unknown, path: Path, depth: number): Generator<Path> {
  yield path;
  if (value === null || typeof value !== 'object' || depth > 6) return;
  const isList = Array.isArray(value);
  for (const [key, inner] of Object.entries(value))
    yield* places(inner, [...path, isList ? Number(key) : key], depth + 1);
}

describe('any text', () => {
  it('is parsed without a throw, and every place of it lies in it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 40 }), (fragments) => {
        const text = fragments.join('');
        const lines = text.split(/\r\n|\n|\r/);
        const { documents, texts, errors } = parseText(text);
        for (const { value, source } of documents) {
          for (const path of places(value, [], 0)) {
            for (const place of [{ path }, { path, key: true as const }, { path, offset: 2, length: 3 }]) {
              const found = source.locate(place);
              if (found === undefined) throw new Error('nowhere');
              expect(found.line).toBeGreaterThanOrEqual(1);
              expect(found.endLine).toBeLessThanOrEqual(lines.length);
              expect(found.endLine).toBeGreaterThanOrEqual(found.line);
              expect(found.column).toBeGreaterThanOrEqual(1);
            }
          }
        }
        for (const part of texts) expect(text).toContain(part.text);
        for (const { line } of errors) expect(lines[line - 1]).toBeDefined();
        parseEmbedded(text, { locate: () => undefined, lineText: () => undefined }, []);
      }),
      { numRuns: 2000 },
    );
  });

  it('that is a list keeps all its items when template lines stand between them', () => {
    const word = fc.stringMatching(/^\/[a-z]{1,8}$/);
    const item = fc.record({
      name: word,
      hostPath: fc.record({ path: word }),
      list: fc.array(word, { minLength: 1, maxLength: 3 }),
    });
    const line = fc.constantFrom(
      '{{- if .Values.x }}',
      '  {{- range $a, $b := .y -}}',
      '{{- end }}',
      '{{/* path: "no" */}}',
      '        {{- toYaml .z | nindent 8 }}',
      '{% if x %}',
      '{{ include "a.b" (dict "c" .) }}{{ .d }}',
      '{{- with\n  .Values.y }}',
    );
    fc.assert(
      fc.property(
        fc.array(item, { minLength: 1, maxLength: 4 }),
        fc.array(fc.tuple(fc.nat(), line), { minLength: 1, maxLength: 8 }),
        (items, extra) => {
          const value = { kind: 'Pod', volumes: items, last: '{{ .Values.last }}' };
          const lines = dump(value, { noRefs: true })
            .replace(/'(\{\{.*\}\})'/, '$1')
            .trimEnd()
            .split('\n');
          for (const [at, text] of extra) lines.splice(at % (lines.length + 1), 0, text);
          const text = lines.join('\n');
          const parsed = parseText(text);
          expect(
            parsed.documents.map((document) => document.value),
            text,
          ).toEqual([value]);
          expect(parsed.template).toBe(true);
          const all = text.split('\n');
          for (const [index, { hostPath }] of items.entries()) {
            const found = parsed.documents[0]?.source.locate({ path: ['volumes', index, 'hostPath', 'path'] });
            expect(all[(found?.line ?? 0) - 1]?.trim(), text).toContain(`path: ${hostPath.path}`);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
