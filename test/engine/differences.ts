/** Where two plain values differ, a line for each place; none where they are the same. */
export function differences(found: unknown, expected: unknown, path = ''): string[] {
  if (isObject(found) && isObject(expected)) {
    const keys = [...new Set([...Object.keys(found), ...Object.keys(expected)])];
    return keys.flatMap((key) => differences(found[key], expected[key], path === '' ? key : `${path} ${key}`));
  }
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  return a === b ? [] : [`${path} is ${a ?? 'not there'}, expected ${b ?? 'nothing'}`];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
