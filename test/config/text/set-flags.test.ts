import { describe, expect, it } from 'vitest';
import { setFlags } from '../../../src/config/text/set-flags.js';

const set = (text: string, ...flags: [string, string][]): string => {
  const result = setFlags(text, flags);
  if (!result.ok) throw new Error(result.reason);
  return result.value;
};

describe('setFlags', () => {
  it.each<[string, [string, string][], string]>([
    ['/usr/bin/x', [['a', '1']], '/usr/bin/x --a=1'],
    ['/usr/bin/x --a=0 --b', [['a', '1']], '/usr/bin/x --a=1 --b'],
    ['/usr/bin/x --a 0 --b 2', [['a', '1']], '/usr/bin/x --a=1 --b 2'],
    ['/usr/bin/x --a=1  --c', [['a', '1'], ['d', '']], '/usr/bin/x --a=1  --c --d='], // prettier-ignore
    ['/usr/bin/x --a=0 --a=2', [['a', '1']], '/usr/bin/x --a=1 --a=1'],
    ['/usr/bin/x \'--a=0\' "--b=x y"', [['b', 'z']], "/usr/bin/x '--a=0' --b=z"],
  ])('%s with %j', (text, flags, expected) => {
    expect(set(text, ...flags)).toBe(expected);
    expect(set(expected, ...flags)).toBe(expected);
  });

  it('says where a quote does not end', () => {
    expect(setFlags("/usr/bin/x 'y", [['a', '1']])).toMatchObject({ ok: false, line: 1 });
  });
});
