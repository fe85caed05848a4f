import { MigrateError, messageOf } from '../core/errors.js';
import type { ApiCall } from './api-call.js';
import { certificateDates } from './certificate-dates.js';
import type { ClusterAccess } from './cluster-access.js';

const UNKNOWN_CA = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  // Another CA of the same name: kubeadm calls every cluster's "kubernetes".
  'CERT_SIGNATURE_FAILURE',
  'INVALID_CA',
]);

/** Why no answer came, from Node's error. */
export async function connectionError(error: unknown, access: ClusterAccess, call: ApiCall): Promise<MigrateError> {
  if (error instanceof MigrateError) return error;
  const { server, file, context } = access;
  // With several addresses tried, the errors are inside.
  const inner = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  const { code = '' } = inner as NodeJS.ErrnoException;
  const api = `the API server ${server}`;
  const fail = (kind: 'unreachable' | 'denied' | 'input' | 'timeout', message: string, hint?: string): MigrateError =>
    new MigrateError(kind, message, { cause: error, ...(hint === undefined ? {} : { hint }) });

  if (UNKNOWN_CA.has(code)) {
    return fail(
      'unreachable',
      `${api} shows a certificate of a CA that kubeconfig ${file} does not trust (${code})`,
      'is its certificate-authority of another cluster?',
    );
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return await outOfDate(code, access, fail);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return fail(
      'unreachable',
      `${api} shows a certificate for another name: ${messageOf(inner)}`,
      "set the cluster's tls-server-name, or use a server name that the certificate has",
    );
  }
  // OpenSSL's names of alerts that the server sent: it is our certificate that it does not like.
  if (
    /^ERR_SSL_.*ALERT_(CERTIFICATE|BAD_CERTIFICATE|UNKNOWN_CA|UNSUPPORTED_CERTIFICATE|HANDSHAKE_FAILURE)/.test(code)
  ) {
    return fail(
      'denied',
      `${api} refuses the client certificate of user "${access.userName}" in kubeconfig ${file} (${code})`,
    );
  }
  if (/^ERR_(OSSL|CRYPTO)_/.test(code)) {
    return fail(
      'input',
      `the certificates or the key in kubeconfig ${file} (context "${context}") cannot be used: ${messageOf(inner)}`,
    );
  }
  switch (code) {
    case 'ECONNREFUSED':
      return fail(
        'unreachable',
        `${api} refuses connections: nothing listens there`,
        `is the server of context "${context}" in kubeconfig ${file} right?`,
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return fail(
        'unreachable',
        `${api} cannot be found: no address for ${new URL(server).hostname}`,
        `check DNS, and the server of context "${context}" in kubeconfig ${file}`,
      );
    case 'ETIMEDOUT':
      return fail('timeout', `${api} did not answer in time (${call.action}): ${messageOf(inner)}`);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return fail('unreachable', `there is no route to ${api} (${code})`);
    case 'ECONNRESET':
      return fail('unreachable', `${api} broke off the connection (${call.action})`);
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return fail('unreachable', `${api} does not speak TLS`, 'is it an http server, or another port?');
    default:
      return fail('unreachable', `${api} cannot be reached (${call.action}): ${messageOf(inner)}`);
  }
}

async function outOfDate(
  code: string,
  { server, cluster }: ClusterAccess,
  fail: (kind: 'unreachable', message: string, hint: string) => MigrateError,
): Promise<MigrateError> {
  const dates = await certificateDates(server, cluster['tls-server-name']);
  if (code === 'CERT_NOT_YET_VALID') {
    return fail(
      'unreachable',
      `the certificate of the API server ${server} is not valid yet${dates === undefined ? '' : ` (from ${dates.from.toISOString()} on)`}`,
      "check this machine's clock",
    );
  }
  // The leaf may be fine and a CA above it expired.
  const expired = dates !== undefined && dates.to < new Date();
  const which = expired
    ? `the certificate of the API server ${server} expired on ${dates.to.toISOString()}`
    : `a certificate above that of the API server ${server} has expired`;
  return fail(
    'unreachable',
    which,
    'renew it on the control plane (kubeadm certs renew apiserver), then restart the API server',
  );
}
