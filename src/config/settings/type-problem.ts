import type { z } from 'zod';
import type { SettingReading } from './setting-rule.js';

const WANTED: Readonly<Record<string, string>> = {
  string: 'a string',
  boolean: 'true or false',
  number: 'a whole number',
  int: 'a whole number',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** Which value has the wrong type, what it is, and what dockerd wants; the value itself may be a secret and is not told. */
export function typeProblem(key: string, value: unknown, { issues }: z.ZodError): Pick<SettingReading, 'note' | 'fix'> {
  const path = issues[0]?.path ?? [];
  const expected = wantedBy(issues[0]);
  const name = [key, ...path.map(String)].join('.');
  const found = typeOf(path.reduce<unknown>((at, step) => inside(at, step), value));
  return {
    note: `${name} is ${found}, and dockerd wants ${expected} and does not start otherwise`,
    fix: `write ${expected} for ${name}`,
  };
}

function wantedBy(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'invalid_type') return WANTED[issue.expected] ?? issue.expected;
  return 'another value';
}

/** Keys of structures are told in their own spelling, and found whatever the case. */
function inside(value: unknown, step: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const name = String(step).toLowerCase();
  return Object.entries(value).find(([key]) => key.toLowerCase() === name)?.[1] as unknown;
}

function typeOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'a number' : 'a number with a fraction';
  return typeof value === 'object' ? 'an object' : typeof value === 'boolean' ? 'true or false' : 'a string';
}
