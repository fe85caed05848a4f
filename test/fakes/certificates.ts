import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Pair {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateAuthority {
  readonly cert: string;
  /** `days` below zero makes one that has expired. */
  sign(commonName: string, options?: { readonly days?: number; readonly names?: string }): Promise<Pair>;
  remove(): Promise<void>;
}

/** A throw-away CA. All of them have the same name, as kubeadm's do. */
export async function certificates(): Promise<CertificateAuthority> {
  const directory = await mkdtemp(join(tmpdir(), 'fake-ca-'));
  const openssl = async (...args: string[]): Promise<unknown> =>
    await run('openssl', args, { cwd: directory, timeout: 30_000 });
  const read = async (name: string): Promise<string> => await readFile(join(directory, name), 'utf8');
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await openssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    '-subj',
    '/CN=kubernetes',
    '-days',
    '2',
  );
  let count = 0;

  return {
    cert: await read('ca.crt'),
    async sign(commonName, { days = 1, names = 'IP:127.0.0.1,DNS:localhost' } = {}) {
      const serial = String(++count);
      const name = `leaf-${serial}`;
      await writeFile(
        join(directory, `${name}.ext`),
        `subjectAltName=${names}\nextendedKeyUsage=serverAuth,clientAuth\n`,
      );
      await openssl(
        'req',
        ...newKey,
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.csr`,
        '-subj',
        `/O=system:masters/CN=${commonName}`,
      );
      const signing = [
        '-CA',
        'ca.crt',
        '-CAkey',
        'ca.key',
        '-set_serial',
        serial,
        '-days',
        String(days),
        '-extfile',
        `${name}.ext`,
      ];
      await openssl('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.crt`, ...signing);
      return { cert: await read(`${name}.crt`), key: await read(`${name}.key`) };
    },
    remove: async () => await rm(directory, { recursive: true, force: true }),
  };
}
