import { X509Certificate } from 'node:crypto';
import { MigrateError } from '../core/errors.js';
import type { ClusterAccess } from './cluster-access.js';

/** An expired client certificate is found here, since the API server says no more than "Unauthorized" to it. */
export function assertCertificateValid(pem: string, { userName, file }: ClusterAccess, now: Date): void {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch (cause) {
    throw new MigrateError(
      'input',
      `the client certificate of user "${userName}" in kubeconfig ${file} is not a PEM certificate`,
      { cause },
    );
  }
  const from = new Date(certificate.validFrom);
  const to = new Date(certificate.validTo);
  const subject = `the client certificate of user "${userName}" in kubeconfig ${file}`;
  if (to < now) {
    throw new MigrateError('denied', `${subject} expired on ${to.toISOString()}`, {
      hint: 'get a new kubeconfig; on a kubeadm control plane: kubeadm certs renew admin.conf',
    });
  }
  if (from > now) {
    throw new MigrateError('denied', `${subject} is valid only from ${from.toISOString()} on`, {
      hint: "check this machine's clock",
    });
  }
}
