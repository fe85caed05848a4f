import type { z } from 'zod';
import { MigrateError } from '../core/errors.js';

/** An object from the API server, or an error that names it and the field that is not as it should be. */
export function parseObject<S extends z.ZodType>(schema: S, raw: unknown, kind: string): z.infer<S> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const name = (raw as { metadata?: { name?: unknown } } | null | undefined)?.metadata?.name;
  const subject = typeof name === 'string' ? `${kind} ${name}` : `a ${kind}`;
  throw new MigrateError(
    'failed',
    `${subject} from the API server cannot be read: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
  );
}
