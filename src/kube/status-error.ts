import { MigrateError, type ErrorCode } from '../core/errors.js';
import type { ApiAnswer, ApiCall } from './api-call.js';
import type { ClusterAccess } from './cluster-access.js';
import { statusOf } from './status-of.js';

/** An answer other than the one hoped for, as an error that names the action and its object. */
export function statusError(answer: ApiAnswer, call: ApiCall, access: ClusterAccess): MigrateError {
  const { server, userName, file } = access;
  const { message } = statusOf(answer.body);
  const action = call.subject === '' ? call.action : `${call.action} ${call.subject}`;
  if (answer.status === 401) {
    return new MigrateError(
      'denied',
      `the API server ${server} does not know the credentials of user "${userName}" in kubeconfig ${file} (${action})`,
      {
        hint: 'they may have expired: log in again, or get a new kubeconfig',
      },
    );
  }
  if (answer.status === 403) {
    return new MigrateError('denied', `the API server ${server} forbids "${action}": ${message}`, {
      hint: `user "${userName}" needs a role that allows "${call.action}"`,
    });
  }
  return new MigrateError(
    codeOf(answer.status),
    `"${action}" failed at the API server ${server}: ${answer.status}${message ? ` ${message}` : ''}`,
  );
}

function codeOf(status: number): ErrorCode {
  if (status === 404) return 'not-found';
  // Overloaded, restarting, behind a load balancer without back-ends: another try may do.
  return status === 429 || status >= 500 ? 'unreachable' : 'failed';
}
