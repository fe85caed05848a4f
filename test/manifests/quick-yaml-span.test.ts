import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { findSpan } from '../../src/manifests/find-span.js';
import { loadYaml } from '../../src/manifests/load-yaml.js';
import type { Place } from '../../src/manifests/place.js';
import { quickYamlSpan } from '../../src/manifests/quick-yaml-span.js';
import { yamlSpans } from '../../src/manifests/yaml-spans.js';

/** Every place of a value that holds a string or a number. */
function* scalars(value: unknown, path: (string | number)[] = []): Iterable<Place> {
  if (typeof value === 'string' || typeof value === 'number') yield { path };
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* scalars(item, [...path, index]);
  else if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) yield* scalars(inner, [...path, key]);
  }
}

/** How many places were found by the short way; each as the long way finds it. */
function agreeing(text: string): { quick: number; all: number } {
  const value = loadYaml(text);
  const tree = yamlSpans(text);
  let quick = 0;
  let all = 0;
  for (const place of scalars(value)) {
    all += 1;
    const span = quickYamlSpan(text, value, place);
    if (span === undefined) continue;
    quick += 1;
    const { start, end } = findSpan(tree, place);
    expect(span, `${JSON.stringify(place)} of ${text}`).toEqual({ start, end });
  }
  return { quick, all };
}

const POD = `# a pod
---
apiVersion: v1
kind: Pod
metadata:
  name: builder   # its name

spec:
  containers:
  - name: build
    image: "registry.example.com:5000/build:1"
    command: [sh, -c]
    args:
      - |
        path: /not/this
        exit
    env:
    # the socket
    - name: DOCKER_HOST
      value: 'unix:///var/run/docker.sock'
  volumes:
    -   name: sock
        hostPath:
          path: /var/run/docker.sock
          type: Socket
`;

describe('quickYamlSpan', () => {
  it('finds what stands alone on its line in manifests as people write them', () => {
    expect(agreeing(POD)).toEqual({ quick: 10, all: 13 });
    const value = loadYaml(POD);
    const place = { path: ['spec', 'volumes', 0, 'hostPath', 'path'], offset: 9, length: 11 };
    const span = quickYamlSpan(POD, value, place);
    expect(POD.slice(span?.start, span?.end)).toBe('docker.sock');
  });

  it('finds what stands in braces on one line', () => {
    const text =
      'volumes:\n- name: sock\n  hostPath: {type: Socket, path: /var/run/docker.sock}\n- hostPath: { path: /run }\n';
    expect(agreeing(text)).toEqual({ quick: 4, all: 4 });
  });

  it.each([
    'a: {b: c, b: c}\n',
    'a: {b: c,d: e}\n',
    'a: {b: {c: d}}\n',
    'a: {bc: x, c: x} # {c: x}\n',
    'a: &x {b: c}\nd: *x\n',
    'a: {b: c}\n',
    'a: "b\\x63"\n',
    'a: b\n  c\n',
    'a: >-\n  b\n',
    '"a": b\n',
    'a: !!str b\n',
    'x: &x\n  a: b\ny:\n  <<: *x\n',
    '- - a\n  - b\n',
    'a:\r\n  b: c\r\n',
  ])('agrees with the long way, or says nothing: %j', (text) => {
    agreeing(text);
  });

  it('agrees with the long way for any value, whoever wrote it', () => {
    const key = fc.stringMatching(/^[a-z][a-zA-Z0-9./_-]{0,6}$/);
    const scalar = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[ -~]{0,12}$/),
      fc.integer(),
      fc.constantFrom('- a: b', 'a: b', '# c', 'x #y', 'a\nb: c\n'),
    );
    const { value: any } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        scalar,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 4 }),
      ),
    }));
    let found = 0;
    fc.assert(
      fc.property(fc.dictionary(key, any, { minKeys: 1 }), fc.boolean(), fc.boolean(), (value, noIndent, other) => {
        found += agreeing(other ? stringify(value) : dump(value, { noArrayIndent: noIndent, lineWidth: 60 })).quick;
      }),
      { numRuns: 1500 },
    );
    expect(found).toBeGreaterThan(500);
  });
});
