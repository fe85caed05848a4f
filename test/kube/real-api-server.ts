import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import https from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { certificates } from '../fakes/certificates.js';
import { serverProcess, type ServerProcess } from '../servers/server-process.js';
import { base64, type KubeconfigParts } from './write-kubeconfig.js';

const binaries = process.env.KUBE_BIN ?? '/opt/kube/bin';
const run = promisify(execFile);

/** Why there can be no real API server here; undefined when there can. */
export function whyNoApiServer(): string | undefined {
  const missing = [join(binaries, 'kube-apiserver'), '/usr/bin/etcd'].filter((path) => !existsSync(path));
  return missing.length > 0 ? `${missing.join(' and ')} missing` : undefined;
}

export interface RealApiServer {
  readonly url: string;
  readonly admin: KubeconfigParts;
  /** A user without any rights. */
  readonly nobody: KubeconfigParts;
  /** As admin; throws at anything but success. PATCH is a merge patch. */
  readonly request: (method: string, path: string, body?: unknown) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** kube-apiserver and etcd on ports of their own, without controllers: what a status says is up to the test. */
export async function realApiServer(): Promise<RealApiServer> {
  const directory = await mkdtemp(join(tmpdir(), 'real-api-'));
  const file = (name: string): string => join(directory, name);
  const [client, peer, secure] = await Promise.all([freePort(), freePort(), freePort()]);
  const [etcdUrl, peerUrl, url] = [
    `http://127.0.0.1:${client}`,
    `http://127.0.0.1:${peer}`,
    `https://127.0.0.1:${secure}`,
  ];

  const ca = await certificates();
  const [server, admin] = await Promise.all([ca.sign('kube-apiserver'), ca.sign('admin')]);
  const files = {
    'ca.crt': ca.cert,
    'server.crt': server.cert,
    'server.key': server.key,
    tokens: 'nobodys-token,nobody,nobody\n',
  };
  for (const [name, content] of Object.entries(files)) await writeFile(file(name), content, { mode: 0o600 });
  // kube-apiserver 1.21 takes keys for service accounts in the older PEM form only.
  await run('openssl', ['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', file('sa.key')]);

  const request = async (method: string, path: string, body?: unknown): Promise<unknown> =>
    await ask(`${url}${path}`, method, body, { ca: ca.cert, ...admin });

  const processes: ServerProcess[] = [];
  const close = async (): Promise<void> => {
    for (const process of processes.reverse()) await process.stop();
    await ca.remove();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const etcd = [
      ...['--data-dir', file('etcd'), '--listen-client-urls', etcdUrl, '--advertise-client-urls', etcdUrl],
      ...[
        '--listen-peer-urls',
        peerUrl,
        '--initial-advertise-peer-urls',
        peerUrl,
        '--initial-cluster',
        `default=${peerUrl}`,
      ],
      '--unsafe-no-fsync',
    ];
    processes.push(
      await serverProcess(['etcd', ...etcd], file('etcd.log'), async () => await fetch(`${etcdUrl}/health`)),
    );
    const apiServer = [
      ...[
        `--etcd-servers=${etcdUrl}`,
        '--bind-address=127.0.0.1',
        `--secure-port=${secure}`,
        '--advertise-address=127.0.0.1',
      ],
      ...[
        `--tls-cert-file=${file('server.crt')}`,
        `--tls-private-key-file=${file('server.key')}`,
        `--client-ca-file=${file('ca.crt')}`,
      ],
      ...[
        '--authorization-mode=RBAC',
        `--token-auth-file=${file('tokens')}`,
        '--disable-admission-plugins=ServiceAccount',
      ],
      ...['--service-account-issuer=https://kubernetes', `--service-account-key-file=${file('sa.key')}`],
      ...[
        `--service-account-signing-key-file=${file('sa.key')}`,
        '--service-cluster-ip-range=10.96.0.0/16',
        `--cert-dir=${directory}`,
      ],
    ];
    const ready = async (): Promise<unknown> =>
      await request('GET', '/api/v1/namespaces/default').then(async () => await request('GET', '/readyz?verbose'));
    processes.push(
      await serverProcess([join(binaries, 'kube-apiserver'), ...apiServer], file('kube-apiserver.log'), ready, 90_000),
    );
  } catch (error) {
    await close();
    throw error;
  }

  const cluster = { 'certificate-authority-data': base64(ca.cert) };
  return {
    url,
    admin: { cluster, user: { 'client-certificate-data': base64(admin.cert), 'client-key-data': base64(admin.key) } },
    nobody: { cluster, user: { token: 'nobodys-token' } },
    request,
    close,
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function ask(url: string, method: string, body: unknown, tls: https.RequestOptions): Promise<unknown> {
  const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  return await new Promise((resolve, reject) => {
    const request = https.request(
      url,
      { ...tls, method, headers: { 'content-type': contentType }, timeout: 20_000 },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          if ((response.statusCode ?? 0) >= 300)
            return reject(new Error(`${method} ${url}: ${response.statusCode} ${text}`));
          resolve(text.startsWith('{') ? JSON.parse(text) : text);
        });
      },
    );
    request.on('timeout', () => request.destroy(new Error(`${method} ${url}: no answer`)));
    request.on('error', reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
