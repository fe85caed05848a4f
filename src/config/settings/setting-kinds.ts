import { z } from 'zod';
import type { SettingRule } from './setting-rule.js';

type Kind<T> = Pick<SettingRule<T>, 'type' | 'fromFlags'>;

const last = (values: readonly string[]): string => values.at(-1) ?? '';

/** `a=b` and `c=d` as an object; a word without a value is left as it is, for the type to refuse. */
const pairs = (values: readonly string[]): unknown =>
  values.every((value) => value.includes('='))
    ? Object.fromEntries(
        values.map((value) => [value.slice(0, value.indexOf('=')), value.slice(value.indexOf('=') + 1)]),
      )
    : last(values);

/** pflag's spellings, by Go's ParseBool; anything else is left for the type to refuse. */
const truth = (text: string): unknown =>
  /^(?:1|t|T|TRUE|true|True)$/.test(text) || (/^(?:0|f|F|FALSE|false|False)$/.test(text) ? false : text);

const integer = (text: string): unknown => (/^[+-]?\d+$/.test(text) ? Number(text) : text);

const truths = (values: readonly string[]): unknown => {
  const named = pairs(values);
  return typeof named === 'object' && named !== null
    ? Object.fromEntries(Object.entries(named).map(([name, value]) => [name, truth(String(value))]))
    : named;
};

/** What values of settings are: their types in daemon.json, and how their flags, in their order, come to the same. */
export const kinds = {
  boolean: { type: z.boolean(), fromFlags: (values: readonly string[]) => truth(last(values)) } as Kind<boolean>,
  integer: { type: z.number().int(), fromFlags: (values: readonly string[]) => integer(last(values)) } as Kind<number>,
  text: { type: z.string(), fromFlags: last } as Kind<string>,
  list: { type: z.array(z.string()), fromFlags: (values: readonly string[]) => values } as Kind<readonly string[]>,
  texts: { type: z.record(z.string(), z.string()), fromFlags: pairs } as Kind<Readonly<Record<string, string>>>,
  booleans: { type: z.record(z.string(), z.boolean()), fromFlags: truths } as Kind<Readonly<Record<string, boolean>>>,
} as const;
