import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mustRun } from './must-run.js';

export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** The lab's certificate authority, in a folder: the one key pair, and what it signs. */
export function pki(dir: string) {
  const file = (name: string): string => path.join(dir, name);
  const read = (name: string): string => readFileSync(file(name), 'utf8');
  const openssl = (...args: string[]): Promise<string> =>
    mustRun(['openssl', ...args], { what: `openssl ${args[0] ?? ''}` });
  const key = (name: string): Promise<string> =>
    // In the older PEM form: kube-apiserver 1.21 reads no other for service accounts.
    openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', file(name));

  return {
    caFile: file('ca.crt'),
    serviceAccountKeyFile: file('sa.key'),
    ca: (): string => read('ca.crt'),

    async init(): Promise<void> {
      if (existsSync(file('ca.crt'))) return;
      mkdirSync(dir, { recursive: true, mode: 0o700 });
      await Promise.all([key('ca.key'), key('sa.key')]);
      await openssl(
        'req',
        '-x509',
        '-new',
        '-key',
        file('ca.key'),
        '-subj',
        '/CN=kubernetes',
        '-days',
        '3650',
        '-out',
        file('ca.crt'),
      );
    },

    /** `subject` as in /O=system:nodes/CN=system:node:w1, `names` as in DNS:w1,IP:10.0.0.1. */
    async issue(name: string, subject: string, names: string): Promise<Certificate> {
      await key(`${name}.key`);
      const extensions = `[ext]\nsubjectAltName=${names}\nextendedKeyUsage=serverAuth,clientAuth\n`;
      writeFileSync(file(`${name}.ext`), extensions);
      await openssl('req', '-new', '-key', file(`${name}.key`), '-subj', subject, '-out', file(`${name}.csr`));
      const signer = ['-CA', file('ca.crt'), '-CAkey', file('ca.key'), '-set_serial', `0x${serial()}`, '-days', '365'];
      const added = ['-extfile', file(`${name}.ext`), '-extensions', 'ext'];
      await openssl('x509', '-req', '-in', file(`${name}.csr`), ...signer, ...added, '-out', file(`${name}.crt`));
      return { certificate: read(`${name}.crt`), key: read(`${name}.key`) };
    },
    file,
  };
}

function serial(): string {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
