import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseReference, parseReference } from '../../src/config/image-reference.js';

const DIGEST = `sha256:${'a1'.repeat(32)}`;

describe('normaliseReference', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['nginx:1.21', 'docker.io/library/nginx:1.21'],
    ['docker.io/nginx', 'docker.io/library/nginx:latest'],
    ['index.docker.io/library/nginx', 'docker.io/library/nginx:latest'],
    ['bitnami/redis', 'docker.io/bitnami/redis:latest'],
    ['k8s.gcr.io/pause:3.4.1', 'k8s.gcr.io/pause:3.4.1'],
    ['localhost/app', 'localhost/app:latest'],
    ['localhost:5000/app', 'localhost:5000/app:latest'],
    ['registry.lab:5000/team/app:v1', 'registry.lab:5000/team/app:v1'],
    ['REGISTRY/app', 'REGISTRY/app:latest'],
    [`nginx@${DIGEST}`, `docker.io/library/nginx@${DIGEST}`],
    [`nginx:1.21@${DIGEST}`, `docker.io/library/nginx:1.21@${DIGEST}`],
    [`registry.lab:5000/app@${DIGEST}`, `registry.lab:5000/app@${DIGEST}`],
  ])('%s is %s', (text, expected) => {
    expect(normaliseReference(text)).toBe(expected);
  });

  it.each([DIGEST, 'a1'.repeat(32), '<none>:<none>', '', 'Nginx', 'a//b'])('leaves %s alone', (text) => {
    expect(parseReference(text)).toBeUndefined();
    expect(normaliseReference(text)).toBe(text);
  });

  it('says the same of what it has said', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    const reference = fc
      .tuple(
        fc.constantFrom('', 'docker.io/', 'index.docker.io/', 'r.io/', 'r:5000/'),
        fc.array(part, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', ':v1', `@${DIGEST}`, `:v1@${DIGEST}`),
      )
      .map(([registry, path, suffix]) => registry + path.join('/') + suffix);
    fc.assert(
      fc.property(reference, (text) => {
        const once = normaliseReference(text);
        expect(normaliseReference(once)).toBe(once);
        expect(parseReference(once)).toBeDefined();
      }),
    );
  });
});
