import { z } from 'zod';

const or =
  <T>(otherwise: T) =>
  (value: T | null | undefined): T =>
    value ?? otherwise;

/** Fields as API servers of all versions leave them out: absent, or null where Go had a nil. */
export const lenient = {
  text: z.string().nullish().transform(or('')),
  maybeText: z
    .string()
    .nullish()
    .transform((value) => value ?? undefined),
  number: z.number().nullish().transform(or(0)),
  flag: z.boolean().nullish().transform(or(false)),
  strings: z.array(z.string()).nullish().transform(or<string[]>([])),
  texts: z.record(z.string(), z.string()).nullish().transform(or<Record<string, string>>({})),
  list: <S extends z.ZodType>(schema: S) =>
    z
      .array(schema)
      .nullish()
      .transform((value) => (value ?? []) as z.infer<S>[]),
  /** An object whose fields all have a value of their own when nothing is given. */
  object: <S extends z.ZodRawShape>(shape: S) => z.preprocess((value) => value ?? {}, z.object(shape)),
} as const;
