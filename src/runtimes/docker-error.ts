import { MigrateError, messageOf } from '../core/errors.js';
import { unreachableSocket } from './unreachable-socket.js';

/** What a failed request means. `action` is the rest of the sentence: `stopping container 4f5e…`. */
export function dockerError(subject: string, action: string, cause: unknown): MigrateError {
  if (cause instanceof MigrateError) return cause;
  const { statusCode, json } = cause as { statusCode?: unknown; json?: { message?: unknown } | null };
  if (typeof statusCode !== 'number') return unreachableSocket(subject, cause);
  const reason = typeof json?.message === 'string' ? json.message : messageOf(cause).trim();
  const message = `${subject}: ${action}: ${reason}`;
  switch (statusCode) {
    case 401:
    case 403:
      return new MigrateError('denied', message, { cause });
    case 404:
      return new MigrateError('not-found', message, { cause });
    default:
      return new MigrateError('failed', message, { cause });
  }
}
