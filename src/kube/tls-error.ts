import { MigrateError, messageOf } from '../core/errors.js';
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

/** Which certificate stands in the way of a connection, and whose it is; undefined when none does. */
export async function tlsError(error: unknown, access: ClusterAccess): Promise<MigrateError | undefined> {
  const { server, file, context, userName } = access;
  const { code = '' } = error as NodeJS.ErrnoException;
  const api = `the API server ${server}`;
  if (UNKNOWN_CA.has(code)) {
    return new MigrateError(
      'unreachable',
      `${api} shows a certificate of a CA that kubeconfig ${file} does not trust (${code})`,
      {
        hint: 'is its certificate-authority of another cluster?',
        cause: error,
      },
    );
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return new MigrateError('unreachable', `${api} shows a certificate for another name: ${messageOf(error)}`, {
      hint: "set the cluster's tls-server-name, or use a server name that the certificate has",
      cause: error,
    });
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return await outOfDate(code, access, error);
  // OpenSSL's names of alerts that the server sent: it is our certificate that it does not like.
  if (
    /^ERR_SSL_.*ALERT_(CERTIFICATE|BAD_CERTIFICATE|UNKNOWN_CA|UNSUPPORTED_CERTIFICATE|HANDSHAKE_FAILURE)/.test(code)
  ) {
    return new MigrateError(
      'denied',
      `${api} refuses the client certificate of user "${userName}" in kubeconfig ${file} (${code})`,
      { cause: error },
    );
  }
  if (/^ERR_(OSSL|CRYPTO)_/.test(code)) {
    const what = `the certificates or the key in kubeconfig ${file} (context "${context}") cannot be used`;
    return new MigrateError('input', `${what}: ${messageOf(error)}`, { cause: error });
  }
  if (/^(EPROTO|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG)$/.test(code)) {
    return new MigrateError('unreachable', `${api} does not speak TLS`, {
      hint: 'is it an http server, or another port?',
      cause: error,
    });
  }
  return undefined;
}

async function outOfDate(code: string, { server, cluster }: ClusterAccess, cause: unknown): Promise<MigrateError> {
  const dates = await certificateDates(server, cluster['tls-server-name']);
  const certificate = `the certificate of the API server ${server}`;
  if (code === 'CERT_NOT_YET_VALID') {
    const from = dates === undefined ? '' : ` (from ${dates.from.toISOString()} on)`;
    return new MigrateError('unreachable', `${certificate} is not valid yet${from}`, {
      hint: "check this machine's clock",
      cause,
    });
  }
  const hint = 'renew it on the control plane (kubeadm certs renew apiserver), then restart the API server';
  if (dates !== undefined && dates.to < new Date()) {
    return new MigrateError('unreachable', `${certificate} expired on ${dates.to.toISOString()}`, { hint, cause });
  }
  // The leaf may be fine and a CA above it expired.
  return new MigrateError('unreachable', `${certificate}, or one above it, has expired`, { hint, cause });
}
