import { describe, expect, it } from 'vitest';
import { parseText, type ParsedText } from '../../src/manifests/parse-text.js';
import type { Place } from '../../src/manifests/place.js';
import type { Source } from '../../src/manifests/source.js';

const values = (parsed: ParsedText): unknown[] => parsed.documents.map(({ value }) => value);
const kinds = (parsed: ParsedText): unknown[] => values(parsed).map((value) => (value as { kind?: unknown }).kind);

/** `line:column` and the text from there to the end of the place. */
function at(text: string, source: Source | undefined, place: Place): string {
  const found = source?.locate(place);
  if (found === undefined) return 'nowhere';
  const { line, column, endLine, endColumn } = found;
  const last = line === endLine ? endColumn - 1 : undefined;
  return `${line}:${column} ${(text.split(/\r\n|\n|\r/)[line - 1] ?? '').slice(column - 1, last)}`;
}

describe('YAML streams', () => {
  it('are cut at markers, with or without content, comments and blanks', () => {
    const text = [
      '# only a comment',
      '---',
      'kind: A',
      '--- # next',
      'kind: B',
      '...',
      '---',
      '',
      '--- {kind: C}',
      '---\tkind: D',
      '---',
      'text: |',
      '  a',
      '---',
      '- kind: list',
    ].join('\n');
    expect(values(parseText(text))).toEqual([
      { kind: 'A' },
      { kind: 'B' },
      { kind: 'C' },
      { kind: 'D' },
      { text: 'a\n' },
      [{ kind: 'list' }],
    ]);
  });

  it.each(['\n', '\r\n', '\r'])('have lines that end with %j', (end) => {
    const text = ['kind: A', '---', 'spec:', '  path: /x', '---', 'b: [1, /y]', ''].join(end);
    const parsed = parseText(text);
    expect(values(parsed)).toEqual([{ kind: 'A' }, { spec: { path: '/x' } }, { b: [1, '/y'] }]);
    expect(at(text, parsed.documents[1]?.source, { path: ['spec', 'path'] })).toBe('4:9 /x');
    expect(at(text, parsed.documents[2]?.source, { path: ['b', 1] })).toBe('6:8 /y');
    expect(parsed.documents[1]?.source.lineText(4)).toBe('  path: /x');
  });

  it('keep directives', () => {
    const text = '%YAML 1.1\n# c\n---\na: 1\n---\n%TAG ! tag:example.org,2000:\n---\nb: !x 2\n';
    expect(values(parseText(text))[0]).toEqual({ a: 1 });
    expect(values(parseText(text)).at(-1)).toEqual({ b: '2' });
  });

  it('with a broken document give the others, what is left of it, an error and a text', () => {
    const text = 'kind: A\n---\nkind: B\nspec:\n  good: 1\n  bad: "x" y\nlast: 2\n---\nkind: C\n';
    const parsed = parseText(text);
    expect(values(parsed)).toEqual([{ kind: 'A' }, { kind: 'B', spec: { good: 1 }, last: 2 }, { kind: 'C' }]);
    expect(parsed.documents.map(({ template }) => template)).toEqual([false, true, false]);
    expect(parsed.errors).toEqual([{ line: 6, message: 'not valid YAML: bad indentation of a mapping entry' }]);
    expect(parsed.texts.map(({ role, offset }) => [role, offset])).toEqual([['unknown', 11]]);
    expect(at(text, parsed.documents[1]?.source, { path: ['last'] })).toBe('7:7 2');
    expect(at(text, parsed.texts[0]?.source, { path: [], offset: text.indexOf('bad') - 11, length: 3 })).toBe(
      '6:3 bad',
    );
  });

  it('have anchors, merge keys, tags of other programs and keys that are no strings', () => {
    const text = [
      'base: &base {path: /x, type: ""}',
      'one: *base',
      'two:',
      '  <<: *base',
      '  type: Socket',
      'three: !Ref MyParameter',
      'four: !Sub [a, !GetAtt b.c]',
      'five: !vault |',
      '  abc',
      '1: number',
      'true: boolean',
      'when: 2024-01-01',
      'two: {<<: [*base, {more: 1}]}',
    ].join('\n');
    const parsed = parseText(text);
    expect(parsed.errors).toEqual([]);
    expect(values(parsed)).toEqual([
      {
        base: { path: '/x', type: '' },
        one: { path: '/x', type: '' },
        two: { path: '/x', type: '', more: 1 },
        three: 'MyParameter',
        four: ['a', 'b.c'],
        five: 'abc\n',
        1: 'number',
        true: 'boolean',
        when: '2024-01-01',
      },
    ]);
    const source = parsed.documents[0]?.source;
    expect(at(text, source, { path: ['one', 'path'] })).toBe('1:20 /x');
    expect(at(text, source, { path: ['two', 'path'] })).toBe('1:20 /x');
    expect(at(text, source, { path: ['two', 'more'] })).toBe('13:26 1');
    expect(at(text, source, { path: ['four', 1] })).toBe('7:24 b.c');
    expect(at(text, source, { path: ['three'] })).toBe('6:13 MyParameter');
    expect(at(text, source, { path: [1] })).toBe('10:4 number');
  });

  it('have unusual layouts', () => {
    const text = '? explicit\n: [a: 1, {b: 2}]\nlist:\n-\n- # nothing\n- x\nempty:\n"k:": &a !!str v # c\n';
    const parsed = parseText(text);
    expect(values(parsed)).toEqual([
      { explicit: [{ a: 1 }, { b: 2 }], list: [null, null, 'x'], empty: null, 'k:': 'v' },
    ]);
    const source = parsed.documents[0]?.source;
    expect(at(text, source, { path: ['explicit', 0, 'a'] })).toBe('2:7 1');
    expect(at(text, source, { path: ['explicit', 1, 'b'] })).toBe('2:14 2');
    expect(at(text, source, { path: ['list', 2] })).toBe('6:3 x');
    expect(at(text, source, { path: ['empty'] })).toBe('7:1 empty');
    expect(at(text, source, { path: ['k:'] })).toBe('8:16 v');
  });

  it('point at the nearest thing there is', () => {
    const text = 'spec:\n  volumes:\n    - name: x\n';
    const { source } = parseText(text).documents[0] ?? {};
    expect(at(text, source, { path: ['spec', 'volumes', 0, 'hostPath', 'path'] })).toBe('3:7 name: x');
    expect(at(text, source, { path: ['spec', 'containers', 0] })).toBe('1:1 spec');
    expect(at(text, source, { path: ['spec', 'volumes'], key: true })).toBe('2:3 volumes');
    expect(at(text, source, { path: ['nowhere'] })).toBe('1:1 spec:');
  });
});

describe('JSON', () => {
  const pod = (name: string): object => ({ kind: 'Pod', metadata: { name, 'a"b': 'tab\there' } });

  it('is read as it stands', () => {
    const text = `\n${JSON.stringify(pod('x'), null, 2)}\n`;
    const parsed = parseText(text);
    expect(parsed.documents.map(({ form }) => form)).toEqual(['json']);
    expect(values(parsed)).toEqual([pod('x')]);
    expect(at(text, parsed.documents[0]?.source, { path: ['metadata', 'a"b'], offset: 4, length: 4 })).toBe(
      '6:19 here',
    );
  });

  it.each([
    ['lines', [pod('x'), pod('y')].map((value) => JSON.stringify(value)).join('\n')],
    ['objects one after the other', [pod('x'), pod('y')].map((value) => JSON.stringify(value, null, 4)).join('\n')],
    ['objects without a break', [pod('x'), pod('y')].map((value) => JSON.stringify(value)).join('')],
  ])('may be %s', (_name, text) => {
    const parsed = parseText(text);
    expect(values(parsed)).toEqual([pod('x'), pod('y')]);
    expect(at(text, parsed.documents[1]?.source, { path: ['metadata', 'name'] })).toContain(' "y"');
  });

  it('may have a broken line among others', () => {
    const parsed = parseText('{"kind":"A"}\n{"kind":"B"\n{"kind":"C"}\n');
    expect(kinds(parsed)).toEqual(['A', 'C']);
    expect(parsed.errors).toEqual([{ line: 2, message: 'not valid JSON' }]);
    expect(parsed.texts.map(({ text }) => text)).toEqual(['{"kind":"B"']);
  });

  it('may have comments and trailing commas', () => {
    const text =
      '{\n  // the socket\n  "hosts": ["unix:///run/docker.sock", /* x, */ ],\n  "url": "http://x//y", # shell\n}';
    const plain = text.replace(' # shell', '');
    const parsed = parseText(plain);
    expect(values(parsed)).toEqual([{ hosts: ['unix:///run/docker.sock'], url: 'http://x//y' }]);
    expect(at(plain, parsed.documents[0]?.source, { path: ['url'] })).toBe('4:10 "http://x//y"');
    expect(values(parseText('{\n  # c\n  "a": [1, 2,],\n}'))).toEqual([{ a: [1, 2] }]);
  });
});

describe('templates', () => {
  const CHART = [
    '{{- /* A comment with "quotes" and }} in it */}}',
    '{{- if .Values.enabled -}}',
    'apiVersion: apps/v1',
    'kind: DaemonSet',
    'metadata:',
    '  name: {{ include "chart.fullname" . }}-agent',
    '  labels:',
    '    {{- include "chart.labels" . | nindent 4 }}',
    'spec:',
    '  template:',
    '    spec:',
    '      {{- with .Values.nodeSelector }}',
    '      nodeSelector:',
    '        {{- toYaml . | nindent 8 }}',
    '      {{- end }}',
    '      containers:',
    '        - name: {{ .Chart.Name }}',
    '          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default "1.0" }}"',
    '          args: [{{ .Values.first }}, --log={{ .Values.level }}]',
    '      volumes:',
    '        - name: sock',
    '          hostPath:',
    '            path: {{ .Values.sock',
    '              | default "/var/run/docker.sock" }}',
    '        - name: plain',
    '          hostPath: { path: /var/lib/docker }',
    '{{- end }}',
    '',
  ].join('\n');

  it('lose their directives and keep values and places', () => {
    const parsed = parseText(CHART);
    expect(parsed.template).toBe(true);
    expect(parsed.errors).toEqual([]);
    expect(parsed.documents).toHaveLength(1);
    expect(parsed.documents[0]?.value).toMatchObject({
      kind: 'DaemonSet',
      metadata: { name: '{{ include "chart.fullname" . }}-agent', labels: null },
      spec: {
        template: {
          spec: {
            containers: [
              {
                name: '{{ .Chart.Name }}',
                image: '{{ .Values.image.repository }}:{{ .Values.image.tag | default "1.0" }}',
                args: ['{{ .Values.first }}', '--log={{ .Values.level }}'],
              },
            ],
            volumes: [
              { name: 'sock', hostPath: { path: '{{ .Values.sock | default "/var/run/docker.sock" }}' } },
              { name: 'plain', hostPath: { path: '/var/lib/docker' } },
            ],
          },
        },
      },
    });
    const source = parsed.documents[0]?.source;
    const spec = ['spec', 'template', 'spec'];
    expect(at(CHART, source, { path: [...spec, 'volumes', 1, 'hostPath', 'path'] })).toBe('26:29 /var/lib/docker');
    expect(at(CHART, source, { path: [...spec, 'volumes', 0, 'hostPath', 'path'] })).toContain('23:19 ');
    expect(at(CHART, source, { path: [...spec, 'containers', 0, 'args', 1], offset: 0, length: 6 })).toBe(
      '19:39 --log=',
    );
  });

  it('keep what stands in either branch', () => {
    const text = [
      'kind: Pod',
      'spec:',
      '  {{- if .Values.docker }}',
      '  volumes:',
      '    - name: sock',
      '      hostPath:',
      '        path: /var/run/docker.sock',
      '  {{- else }}',
      '  volumes:',
      '    - name: sock',
      '      hostPath:',
      '        {{- if .Values.crio }}',
      '        path: /var/run/crio/crio.sock',
      '        {{- else }}',
      '        path: /run/containerd/containerd.sock',
      '        {{- end }}',
      '  {{- end }}',
    ].join('\n');
    const parsed = parseText(text);
    expect(values(parsed)).toEqual([
      {
        kind: 'Pod',
        spec: {
          volumes: [
            { name: 'sock', hostPath: { path: '/var/run/docker.sock' } },
            { name: 'sock', hostPath: { path: '/var/run/crio/crio.sock' } },
            { name: 'sock', hostPath: { path: '/run/containerd/containerd.sock' } },
          ],
        },
      },
    ]);
    const source = parsed.documents[0]?.source;
    expect(at(text, source, { path: ['spec', 'volumes', 0, 'hostPath', 'path'] })).toBe('7:15 /var/run/docker.sock');
    expect(at(text, source, { path: ['spec', 'volumes', 2, 'hostPath', 'path'] })).toBe(
      '15:15 /run/containerd/containerd.sock',
    );
  });

  it('become several documents where branches differ outside of lists', () => {
    const text =
      'kind: X\n{{ if .a }}\ncriSocket: /var/run/dockershim.sock\n{{ else }}\ncriSocket: /run/x.sock\n{{ end }}\n';
    expect(values(parseText(text))).toEqual([
      { kind: 'X', criSocket: '/var/run/dockershim.sock' },
      { kind: 'X', criSocket: '/run/x.sock' },
    ]);
  });

  it('are tried one branch at a time when both do not fit together', () => {
    const text =
      'kind: X\nvolumes:\n{{ if .a }}\n  - hostPath: {path: /var/run/docker.sock}\n{{ else }}\n  []\n{{ end }}\n';
    const parsed = parseText(text);
    expect(values(parsed)).toContainEqual({ kind: 'X', volumes: [{ hostPath: { path: '/var/run/docker.sock' } }] });
    expect(parsed.errors).toEqual([]);
  });

  it.each([
    ['Jinja', '{% if x %}\nkind: Pod\n{% endif %}\n{# c #}\npath: {{ sock }}\n', '{{ sock }}'],
    ['ERB', '<% if x -%>\nkind: Pod\n<% end %>\npath: <%= sock %>\n- bad', undefined],
    ['envsubst', 'kind: Pod\n${EXTRA}\npath: ${SOCK}\n', '${SOCK}'],
    ['Terraform', '%{ if x }\nkind: Pod\n%{ endif }\npath: ${sock}\n', '${sock}'],
    ['Maven', 'kind: Pod\npath: @sock@\n', '@sock@'],
    ['an action in a flow mapping', '{kind: Pod, path: {{ .x }}}', '{{ .x }}'],
    ['an action as a key', 'kind: Pod\n{{ .key }}: 1\npath: /x\n', '/x'],
    ['an action that YAML takes for a mapping', 'kind: Pod\npath: {{ .x }}\n', '{{ .x }}'],
  ])('of %s', (_name, text, path) => {
    const parsed = parseText(text);
    expect(parsed.template).toBe(true);
    expect(values(parsed)[0]).toMatchObject({ kind: 'Pod', ...(path !== undefined && { path }) });
  });

  it.each([
    ['in a block scalar', 'kind: ConfigMap\ndata:\n  a: |\n    {{- if .x }}\n    {{ .y }}\n    {{- end }}\n'],
    ['in quotes', 'kind: Rule\nsummary: "{{ $labels.x }} is down"\n'],
    ['in a plain scalar', 'kind: Rule\nsummary: Node {{ $labels.x }} is down\npath: ${HOME}/x\n'],
    ['in a comment', 'kind: Rule\n# {{ .x }}\n'],
    ['in JSON', '{"kind": "Rule", "a": "{{ x }}"}'],
  ])('are none when the directives stand %s', (_name, text) => {
    const parsed = parseText(text);
    expect(parsed.template).toBe(false);
    expect(parsed.errors).toEqual([]);
    expect(parsed.documents).toHaveLength(1);
  });

  it('define documents in blocks of their own', () => {
    const text =
      '{{- define "x.volumes" -}}\n- name: sock\n  hostPath: {path: /var/run/docker.sock}\n{{- end -}}\n\n' +
      '{{- define "x.labels" -}}\n{{ if .a }}\napp: {{ .Chart.Name }}\n{{ end }}\n{{- end -}}\n';
    expect(values(parseText(text))).toEqual([
      [{ name: 'sock', hostPath: { path: '/var/run/docker.sock' } }],
      { app: '{{ .Chart.Name }}' },
    ]);
  });

  it('give what only a directive says as a text', () => {
    const text = '{{- $sock := "/var/run/docker.sock" }}\nkind: Pod\nmetadata:\n  {{- include "x.y" . | nindent 2 }}\n';
    const parsed = parseText(text);
    expect(parsed.texts.map((each) => each.text.trim())).toEqual(['{{- $sock := "/var/run/docker.sock" }}']);
    expect(at(text, parsed.texts[0]?.source, { path: [], offset: 14, length: 20 })).toBe('1:15 /var/run/docker.sock');
  });

  it('with nothing but directives hold nothing', () => {
    const parsed = parseText('{{- include "common.daemonset" . -}}\n');
    expect([parsed.documents, parsed.texts, parsed.errors]).toEqual([[], [], []]);
  });

  it('that are broken beside are kept as far as they go', () => {
    const text =
      'kind: Pod\n{{- if .x }}\nspec:\n  volumes:\n    - hostPath:\n        path: /var/run/docker.sock\n  bad: "x" {{ .y }}\n{{- end }}\n';
    const parsed = parseText(text);
    expect(values(parsed)).toEqual([
      { kind: 'Pod', spec: { volumes: [{ hostPath: { path: '/var/run/docker.sock' } }] } },
    ]);
    expect(parsed.errors).toHaveLength(1);
    expect(parsed.texts).toHaveLength(1);
    expect(at(text, parsed.documents[0]?.source, { path: ['spec', 'volumes', 0, 'hostPath', 'path'] })).toBe(
      '6:15 /var/run/docker.sock',
    );
  });
});

describe('other texts', () => {
  it.each([
    ['script', '#!/bin/sh\ncat <<EOF\n---\nkind: Pod\n---\nEOF\n'],
    ['script', '#!/bin/sh\ncat <<EOF >main.tf\nresource "kubernetes_pod" "x" {\n}\nEOF\ncat <<EOF\n```\nEOF\n'],
    ['unit', '[Service]\nExecStart=/usr/bin/docker run: x\n'],
    ['environment', 'DOCKER_HOST=unix:///var/run/docker.sock\n'],
    ['environment', 'OPTS="a: b"\n'],
    ['crontab', '* * * * * docker ps\n'],
    ['config', '<source>\n  @type tail\n  path: x\n</source>\n'],
    ['unknown', 'Run docker with care. Mount /var/run/docker.sock.\n'],
    ['unknown', '# Title\n\n```yaml\nkind: Pod\n```\n\n---\n\nNote: nothing\n'],
    ['unknown', 'just-a-word'],
    ['unknown', "pipeline {\n  agent { docker { image 'x' } }\n  steps: y\n}\n"],
  ])('are texts: %s', (role, text) => {
    const parsed = parseText(text);
    expect(parsed.texts.map((each) => [each.role, each.text])).toEqual([[role, text]]);
    expect(parsed.documents).toEqual([]);
    expect(parsed.errors).toEqual([]);
  });

  it('are nothing when they are empty', () => {
    for (const text of ['', '\n\n', '# comment\n', '---\n---\n', '\ufeff']) {
      const parsed = parseText(text);
      expect([parsed.documents, parsed.texts, parsed.errors], JSON.stringify(text)).toEqual([[], [], []]);
    }
  });

  it('may be TOML, which is a document as well', () => {
    const text = [
      'version = 2',
      'date = 2024-01-01T00:00:00Z',
      '[plugins."io.containerd.grpc.v1.cri".registry]',
      "  config_path = '/etc/docker/certs.d' # c",
      '[[sets]]',
      'name = "a\\tb"',
      '[[sets]]',
      'name.inner = [1, { deep = "x" }]',
      '',
    ].join('\n');
    const parsed = parseText(text);
    expect(parsed.texts.map(({ role }) => role)).toEqual(['config']);
    expect(parsed.documents.map(({ form }) => form)).toEqual(['toml']);
    expect(values(parsed)).toEqual([
      {
        version: 2,
        date: expect.stringContaining('2024-01-01') as string,
        plugins: { 'io.containerd.grpc.v1.cri': { registry: { config_path: '/etc/docker/certs.d' } } },
        sets: [{ name: 'a\tb' }, { name: { inner: [1, { deep: 'x' }] } }],
      },
    ]);
    const source = parsed.documents[0]?.source;
    const path = ['plugins', 'io.containerd.grpc.v1.cri', 'registry', 'config_path'];
    expect(at(text, source, { path })).toBe("4:17 '/etc/docker/certs.d'");
    expect(at(text, source, { path, offset: 5, length: 6 })).toBe('4:23 docker');
    expect(at(text, source, { path: ['sets', 0, 'name'], offset: 2, length: 1 })).toBe('6:12 b');
    expect(at(text, source, { path: ['sets', 1, 'name', 'inner', 1, 'deep'] })).toBe('8:27 "x"');
  });

  it('may be user data of several parts', () => {
    const text = [
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="//"',
      '',
      '--//',
      'Content-Type: text/x-shellscript; charset="us-ascii"',
      '',
      '#!/bin/bash',
      'docker ps',
      '--//',
      'Content-Type: text/cloud-config',
      '',
      '#cloud-config',
      'runcmd: [docker ps]',
      '--//--',
      '',
    ].join('\n');
    const parsed = parseText(text);
    expect(values(parsed)).toEqual([{ runcmd: ['docker ps'] }]);
    expect(parsed.texts.map(({ role }) => role)).toEqual(['script']);
    expect(at(text, parsed.documents[0]?.source, { path: ['runcmd', 0] })).toBe('13:10 docker ps');
  });
});

describe('texts made to hurt', () => {
  const timed = (text: string): ParsedText => {
    const started = performance.now();
    const parsed = parseText(text);
    expect(performance.now() - started).toBeLessThan(8000);
    return parsed;
  };

  it('nest 10,000 deep', () => {
    const deep = '['.repeat(10_000) + ']'.repeat(10_000);
    expect(timed(deep).documents).toHaveLength(1);
    const yaml = timed(`a: ${'{a: '.repeat(10_000)}1${'}'.repeat(10_000)}\n---\nkind: Pod\n`);
    expect(yaml.errors).toEqual([{ line: 1, message: 'nested too deeply' }]);
    expect(kinds(yaml)).toEqual(['Pod']);
    expect(kinds(timed(`${'- '.repeat(10_000)}x\n---\nkind: Pod\n`)).at(-1)).toBe('Pod');
    expect(timed(`resource "x" "y" {\n a = ${'['.repeat(10_000)}\n}\n`).errors).toHaveLength(1);
  });

  it('are bombs', () => {
    const lines = ['a0: &a0 [x, x]'];
    for (let level = 1; level < 60; level++) lines.push(`a${level}: &a${level} [*a${level - 1}, *a${level - 1}]`);
    expect(timed(lines.join('\n')).documents).toHaveLength(1);
    const merges = ['a0: &a0 {x: 1}'];
    for (let level = 1; level < 60; level++)
      merges.push(`a${level}: &a${level} {<<: [*a${level - 1}, *a${level - 1}]}`);
    const parsed = timed(`${merges.join('\n')}\nk: {{ .x }}\n`);
    expect(parsed.documents).toHaveLength(1);
    expect(parsed.documents[0]?.source.locate({ path: ['a59', 'x'] })).toMatchObject({ line: 1, column: 13 });
  });

  it.each([
    ['one string', `a: "${'x'.repeat(20_000_000)}"`],
    ['a line of words', 'word '.repeat(4_000_000)],
    ['a line of JSON', `{"a":[${'{"b":"c"},'.repeat(1_000_000)}1]}`],
    ['openers', '{{ '.repeat(1_000_000)],
    ['openers in YAML', `a: [\n${'{{ if "x\n'.repeat(200_000)}`],
    ['quotes', `a: ${'"'.repeat(2_000_000)}`],
    ['line ends', '\n'.repeat(10_000_000)],
    ['blanks', `a: b\n${' '.repeat(10_000_000)}c`],
    ['brackets of HCL', `resource "x" "y" {\n a = ${'[("'.repeat(300_000)}`],
    ['blocks of HCL', 'resource "x" "y" {\n'.repeat(100_000)],
    ['broken lines', `kind: x\n${'"a" b: c\n'.repeat(50_000)}`],
    ['broken JSON', `{"a":1}\n${'{"a":[\n'.repeat(50_000)}`],
    ['markers', '---\n'.repeat(500_000)],
    ['equal keys in a template', `{{ x }}\n${'a: {b: 1}\n'.repeat(50_000)}`],
    ['equal keys with lists', `{{ if x }}\n${'a: 1\na: [b]\n'.repeat(50_000)}`],
  ])('are long: %s', (_name, text) => {
    timed(text);
  });
});

describe('a program that holds a manifest as a string', () => {
  it.each([
    "pipeline { agent { kubernetes { yaml '''\napiVersion: v1\nkind: Pod\n''' } } }\n",
    "@Library('ci') _\nyaml = '''\napiVersion: v1\n'''\n",
    'import yaml\nPOD = \"\"\"\napiVersion: v1\nkind: Pod\n\"\"\"\n',
  ])('is a text, and no broken YAML: %j', (text) => {
    const parsed = parseText(text);
    expect(parsed.errors).toEqual([]);
    expect(parsed.texts.map((one) => one.text)).toEqual([text]);
  });

  it('is not taken for one because of a key', () => {
    expect(parseText('from: a\nimport: [b\n').errors).toHaveLength(1);
  });
});
