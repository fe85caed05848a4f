import { MigrateError, messageOf } from '../core/errors.js';

/** Why a unix socket could not be talked to, told by the errno. `subject` says who was expected there: `Docker at /run/docker.sock`. */
export function unreachableSocket(subject: string, cause: unknown): MigrateError {
  switch ((cause as { code?: unknown } | null)?.code) {
    case 'ENOENT':
      return new MigrateError('unreachable', `${subject}: the socket does not exist`, {
        cause,
        hint: 'is it running?',
      });
    case 'ECONNREFUSED':
      return new MigrateError('unreachable', `${subject}: nobody listens on the socket`, {
        cause,
        hint: 'the socket was left behind by a process that has ended; is the service running?',
      });
    case 'EACCES':
    case 'EPERM':
      return new MigrateError('denied', `${subject}: no permission to open the socket`, {
        cause,
        hint: "run as root, or as a member of the socket's group",
      });
    case 'ENOTSOCK':
      return new MigrateError('unreachable', `${subject}: the path is not a socket`, { cause });
    default:
      return new MigrateError('unreachable', `${subject}: ${messageOf(cause)}`, { cause });
  }
}
