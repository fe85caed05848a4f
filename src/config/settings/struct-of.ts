import { z } from 'zod';

/** An object whose keys are dockerd's own: their case does not matter, and keys that are not known are kept. */
export const structOf = <S extends z.ZodRawShape>(shape: S) => {
  const names = new Map(Object.keys(shape).map((name) => [name.toLowerCase(), name]));
  const spelled = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).map(([key, one]) => [names.get(key.toLowerCase()) ?? key, one]))
      : value;
  return z.preprocess(spelled, z.looseObject(shape));
};
