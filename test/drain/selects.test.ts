import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LabelSelector } from '../../src/core/cluster-objects.js';
import { selects } from '../../src/drain/selects.js';

const selector = (
  matchLabels: Record<string, string>,
  ...matchExpressions: LabelSelector['matchExpressions']
): LabelSelector => ({
  matchLabels,
  matchExpressions,
});

describe('selects', () => {
  it.each([
    ['an empty selector', selector({}), { any: 'thing' }, true],
    ['equal labels among others', selector({ app: 'web' }), { app: 'web', tier: 'front' }, true],
    ['another value', selector({ app: 'web' }), { app: 'db' }, false],
    ['a missing label', selector({ app: 'web' }), {}, false],
    ['an empty value that is there', selector({ app: '' }), { app: '' }, true],
    ['an empty value that is missing', selector({ app: '' }), {}, false],
    ['In', selector({}, { key: 'app', operator: 'In', values: ['web', 'db'] }), { app: 'db' }, true],
    ['In without the label', selector({}, { key: 'app', operator: 'In', values: ['web'] }), {}, false],
    ['NotIn', selector({}, { key: 'app', operator: 'NotIn', values: ['web'] }), { app: 'web' }, false],
    ['NotIn without the label', selector({}, { key: 'app', operator: 'NotIn', values: ['web'] }), {}, true],
    ['Exists', selector({}, { key: 'app', operator: 'Exists', values: [] }), { app: '' }, true],
    ['Exists without the label', selector({}, { key: 'app', operator: 'Exists', values: [] }), {}, false],
    ['DoesNotExist', selector({}, { key: 'app', operator: 'DoesNotExist', values: [] }), { app: '' }, false],
    ['DoesNotExist without the label', selector({}, { key: 'app', operator: 'DoesNotExist', values: [] }), {}, true],
    ['all of them', selector({ app: 'web' }, { key: 'tier', operator: 'Exists', values: [] }), { app: 'web' }, false],
    [
      'a label named as a property of every object',
      selector({}, { key: 'constructor', operator: 'Exists', values: [] }),
      {},
      false,
    ],
  ])('%s', (_name, given, labels, expected) => {
    expect(selects(given, labels)).toBe(expected);
  });

  it('says of In and NotIn, of Exists and DoesNotExist the opposite', () => {
    const key = fc.constantFrom('app', 'tier');
    const value = fc.constantFrom('a', 'b', '');
    fc.assert(
      fc.property(key, fc.array(value, { minLength: 1 }), fc.dictionary(key, value), (name, values, labels) => {
        const holds = (operator: LabelSelector['matchExpressions'][number]['operator']): boolean =>
          selects(selector({}, { key: name, operator, values }), labels);
        expect(holds('NotIn')).toBe(!holds('In'));
        expect(holds('DoesNotExist')).toBe(!holds('Exists'));
      }),
    );
  });
});
