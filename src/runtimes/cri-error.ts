import { type ServiceError, status } from '@grpc/grpc-js';
import { MigrateError } from '../core/errors.js';

/** What a failed call means. `subject`: `the CRI at unix:///run/containerd/containerd.sock`. */
export function criError(subject: string, method: string, error: ServiceError, timeoutMs: number): MigrateError {
  const message = `${subject}: ${method.replace(/^.*\//, '')}: ${error.details || error.message}`;
  const details = { cause: error };
  switch (error.code) {
    case status.DEADLINE_EXCEEDED:
      return new MigrateError(
        'timeout',
        `${subject}: ${method.replace(/^.*\//, '')}: no answer within ${timeoutMs / 1000} s`,
        details,
      );
    case status.UNAVAILABLE:
      return new MigrateError('unreachable', message, details);
    case status.PERMISSION_DENIED:
    case status.UNAUTHENTICATED:
      return new MigrateError('denied', message, details);
    case status.NOT_FOUND:
      return new MigrateError('not-found', message, details);
    case status.CANCELLED:
      return new MigrateError('interrupted', message, details);
    default:
      return new MigrateError('failed', message, details);
  }
}
