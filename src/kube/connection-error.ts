import { MigrateError, messageOf, type ErrorCode } from '../core/errors.js';
import type { ApiCall } from './api-call.js';
import type { ClusterAccess } from './cluster-access.js';
import { tlsError } from './tls-error.js';

const PROXY_TROUBLE = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH) |Bad response|socks/i;

/** Why no answer came, from Node's error. */
export async function connectionError(error: unknown, access: ClusterAccess, call: ApiCall): Promise<MigrateError> {
  if (error instanceof MigrateError) return error;
  const { server, file, context, proxy } = access;
  // With several addresses tried, the errors are inside.
  const inner = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  const certificate = await tlsError(inner, access);
  if (certificate !== undefined) return certificate;

  const { code = '' } = inner as NodeJS.ErrnoException;
  const api = `the API server ${server}`;
  const settings = `the server of context "${context}" in kubeconfig ${file}`;
  const fail = (kind: ErrorCode, message: string, hint?: string): MigrateError =>
    new MigrateError(kind, message, { cause: error, ...(hint === undefined ? {} : { hint }) });

  if (proxy !== undefined && PROXY_TROUBLE.test(`${code} ${messageOf(inner)}`)) {
    const named = proxy.replace(/\/\/[^/@]*@/, '//');
    return fail(
      'unreachable',
      `${api} cannot be reached by the proxy ${named}: ${messageOf(inner)}`,
      "see the cluster's proxy-url, HTTPS_PROXY and NO_PROXY",
    );
  }
  switch (code) {
    case 'ECONNREFUSED':
      return fail('unreachable', `${api} refuses connections: nothing listens there`, `check ${settings}`);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return fail(
        'unreachable',
        `${api} cannot be found: no address for ${new URL(server).hostname}`,
        `check DNS, and ${settings}`,
      );
    case 'ETIMEDOUT':
      return fail('timeout', `${api} did not answer in time (${call.action}): ${messageOf(inner)}`);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return fail('unreachable', `there is no route to ${api} (${code})`);
    case 'ECONNRESET':
      return fail('unreachable', `${api} broke off the connection (${call.action})`);
    default:
      return fail('unreachable', `${api} cannot be reached (${call.action}): ${messageOf(inner)}`);
  }
}
