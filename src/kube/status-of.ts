import { z } from 'zod';
import { lenient } from './lenient.js';

const schema = z.object({
  message: lenient.text,
  reason: lenient.text,
  details: lenient.object({
    retryAfterSeconds: lenient.number,
    causes: lenient.list(z.object({ reason: lenient.text, message: lenient.text })),
  }),
});

/** A v1 Status, the body of every failure; from anything else what can be had. */
export function statusOf(body: unknown): z.infer<typeof schema> {
  const parsed = schema.safeParse(body);
  return parsed.success ? parsed.data : { message: '', reason: '', details: { retryAfterSeconds: 0, causes: [] } };
}
