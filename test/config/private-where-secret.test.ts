import { expect, it } from 'vitest';
import { privateWhereSecret } from '../../src/config/private-where-secret.js';
import { hideSecrets } from '../../src/core/secret-markers.js';
import { file, NO_FILE } from '../fixtures/inventory.js';

const secret = hideSecrets('password=s3cret', '/x');

it.each([
  ['a new file with a secret', secret, undefined, 0o600],
  ['one that is not there', secret, NO_FILE, 0o600],
  ['one that had none', secret, file('password='), 0o600],
  ['one that had one', secret, file(secret), 0o644],
  ['a file without', 'password=', undefined, 0o644],
] as const)('%s', (_what, content, before, mode) => {
  expect(privateWhereSecret({ group: 'runtime', path: '/y', mode: 0o644, content, why: '' }, before).mode).toBe(mode);
});
