import { describe, expect, it } from 'vitest';
import { MigrateError } from '../../src/core/errors.js';
import { errorText } from '../../src/report/error-text.js';
import { POISON, steering } from './poisoned.js';

const plain = { color: false, width: Infinity };

describe('errorText', () => {
  it('is the sentence and the hint', () => {
    const error = new MigrateError('denied', 'sudo on w1 asks for a password', {
      hint: 'Connect with --ssh-user root.',
    });
    expect(errorText(error, plain)).toBe(
      'error: sudo on w1 asks for a password\nhint: Connect with --ssh-user root.\n',
    );
  });

  it('has no second line without a hint', () => {
    expect(errorText(new MigrateError('input', 'plan.json ends in the middle'), plain)).toBe(
      'error: plan.json ends in the middle\n',
    );
  });

  it.each([new TypeError('x is undefined'), new MigrateError('bug', 'x is undefined'), 'x is undefined'])(
    'calls all else a bug, without a stack: %s',
    (thrown) => {
      expect(errorText(thrown, plain)).toBe(
        'error: x is undefined\nhint: This is a bug in migrate, not in your cluster. Run it again with --debug and report what it prints.\n',
      );
    },
  );

  it('shows stacks and causes with --debug, and survives a cause that is its own', () => {
    const cause = new Error('socket hang up');
    cause.cause = cause;
    const text = errorText(new MigrateError('unreachable', 'w1 does not answer', { cause }), { ...plain, debug: true });
    expect(text).toMatch(/^error: w1 does not answer\n/);
    expect(text).toMatch(/\n {4}at .+error-text\.test/);
    expect(text.match(/caused by Error: socket hang up/g)).toHaveLength(1);
  });

  it('says something about an error without words', () => {
    expect(errorText(new Error(''), plain)).toMatch(/^error: something failed without saying why\n/);
  });

  it('folds to the terminal, the sentence under itself', () => {
    expect(errorText(new MigrateError('input', 'one two three four'), { color: false, width: 18 })).toBe(
      'error: one two\n       three four\n',
    );
  });

  it('lets no message steer the terminal', () => {
    expect(steering(errorText(new MigrateError('failed', POISON, { hint: POISON }), plain))).toEqual([]);
    expect(steering(errorText(new Error(POISON), { ...plain, debug: true }))).toEqual([]);
  });
});
