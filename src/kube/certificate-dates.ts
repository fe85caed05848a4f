import { connect } from 'node:tls';
import { isIP } from 'node:net';

export interface CertificateDates {
  readonly from: Date;
  readonly to: Date;
}

/** Validity of the certificate that a server shows, for a message: nothing is sent to it, and failure is undefined. */
export async function certificateDates(
  server: string,
  servername: string | undefined,
): Promise<CertificateDates | undefined> {
  const { hostname, port } = new URL(server);
  const host = hostname.replace(/^\[|\]$/g, '');
  return await new Promise((resolve) => {
    const name = servername ?? (isIP(host) === 0 ? host : undefined);
    const socket = connect({
      host,
      port: Number(port || 443),
      rejectUnauthorized: false,
      ...(name === undefined ? {} : { servername: name }),
    });
    const finish = (dates?: CertificateDates): void => {
      socket.destroy();
      resolve(dates);
    };
    socket.setTimeout(5000, () => finish());
    socket.on('error', () => finish());
    socket.on('secureConnect', () => {
      const { valid_from: from, valid_to: to } = socket.getPeerCertificate();
      finish(from && to ? { from: new Date(from), to: new Date(to) } : undefined);
    });
  });
}
