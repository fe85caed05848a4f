import { X509Certificate } from 'node:crypto';
import type { ServerOptions } from 'node:https';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kubeClient } from '../../src/kube/kube-client.js';
import { fakeApiServer } from '../fakes/api-server.js';
import { certificates, type CertificateAuthority, type Pair } from '../fakes/certificates.js';
import { strictTlsServer } from '../fakes/strict-tls-server.js';
import { connectProxy } from '../fakes/connect-proxy.js';
import { base64, writeKubeconfig, type KubeconfigParts } from './write-kubeconfig.js';
import { containing } from './containing.js';

let ca: CertificateAuthority;
let otherCa: CertificateAuthority;
let server: Pair;
let admin: Pair;
let expired: Pair;

beforeAll(async () => {
  [ca, otherCa] = await Promise.all([certificates(), certificates()]);
  server = await ca.sign('kube-apiserver');
  admin = await ca.sign('admin');
  expired = await ca.sign('admin', { days: -1 });
}, 60_000);

afterAll(async () => {
  await Promise.all([ca.remove(), otherCa.remove()]);
});

const trusting = (authority: CertificateAuthority): Record<string, string> => ({
  'certificate-authority-data': base64(authority.cert),
});
const as = ({ cert, key }: Pair): Record<string, string> => ({
  'client-certificate-data': base64(cert),
  'client-key-data': base64(key),
});

async function ask(
  tls: ServerOptions,
  parts: KubeconfigParts,
): Promise<{ url: string; kubeconfig: string; answer: unknown; requests: number }> {
  const api = await fakeApiServer({ tls });
  const kubeconfig = await writeKubeconfig(api.url, parts);
  const client = kubeClient({ kubeconfig }, {});
  const answer = await client.serverVersion().catch((error: unknown) => error);
  await client.close();
  await api.close();
  return { url: api.url, kubeconfig, answer, requests: api.requests.length };
}

describe('kubeClient over TLS', () => {
  it('trusts the CA and shows its certificate', async () => {
    const mutual = { ...server, ca: ca.cert, requestCert: true, rejectUnauthorized: true };
    expect(await ask(mutual, { cluster: trusting(ca), user: as(admin) })).toMatchObject({ answer: '1.21' });
  });

  it('takes any certificate where it is told to', async () => {
    expect(await ask(server, { cluster: { 'insecure-skip-tls-verify': true } })).toMatchObject({ answer: '1.21' });
  });

  it('does not trust another CA of the same name, nor none at all', async () => {
    for (const cluster of [trusting(otherCa), {}]) {
      const { answer, url, kubeconfig } = await ask(server, { cluster });
      expect(answer).toMatchObject({ name: 'MigrateError', code: 'unreachable' });
      expect((answer as Error).message).toContain(
        `the API server ${url} shows a certificate of a CA that kubeconfig ${kubeconfig} does not trust`,
      );
    }
  });

  it('says when the client certificate expired, without asking the server', async () => {
    const { answer, kubeconfig, requests } = await ask(server, { cluster: trusting(ca), user: as(expired) });
    const on = new Date(new X509Certificate(expired.cert).validTo).toISOString();
    expect(answer).toMatchObject({
      code: 'denied',
      message: `the client certificate of user "admin" in kubeconfig ${kubeconfig} expired on ${on}`,
    });
    expect(requests).toBe(0);
  });

  it('says when the server certificate expired', async () => {
    const old = await ca.sign('kube-apiserver', { days: -1 });
    const { answer, url } = await ask(old, { cluster: trusting(ca) });
    const on = new Date(new X509Certificate(old.cert).validTo).toISOString();
    expect(answer).toMatchObject({
      code: 'unreachable',
      message: `the certificate of the API server ${url} expired on ${on}`,
    });
  });

  it('says when the certificate is for another name, which tls-server-name mends', async () => {
    const named = await ca.sign('kube-apiserver', { names: 'DNS:kubernetes.default' });
    const { answer, url } = await ask(named, { cluster: trusting(ca) });
    expect(answer).toMatchObject({
      code: 'unreachable',
      message: containing(`the API server ${url} shows a certificate for another name`),
    });
    expect(await ask(named, { cluster: { ...trusting(ca), 'tls-server-name': 'kubernetes.default' } })).toMatchObject({
      answer: '1.21',
    });
  });

  it('says when the server refuses the client certificate', async () => {
    const strict = await strictTlsServer(server, ca.cert);
    try {
      for (const user of [as(await otherCa.sign('admin')), {}]) {
        const client = kubeClient(
          { kubeconfig: await writeKubeconfig(strict.url, { cluster: trusting(ca), user }) },
          {},
        );
        await expect(client.serverVersion()).rejects.toMatchObject({
          name: 'MigrateError',
          code: 'denied',
          message: containing('refuses the client certificate of user "admin"'),
        });
        await client.close();
      }
    } finally {
      await strict.close();
    }
  });

  it('says which input is no certificate, or no match for its key', async () => {
    const garbage = await ask(server, { cluster: trusting(ca), user: as({ cert: 'no', key: 'no' }) });
    expect(garbage.answer).toMatchObject({
      code: 'input',
      message: containing('is not a PEM certificate'),
    });
    const mixed = await ask(server, { cluster: trusting(ca), user: as({ cert: admin.cert, key: server.key }) });
    expect(mixed.answer).toMatchObject({ code: 'input', message: containing(mixed.kubeconfig) });
    const noCa = await ask(server, {
      cluster: {
        'certificate-authority-data': base64('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'),
      },
    });
    expect(noCa.answer).toMatchObject({ name: 'MigrateError' });
    expect(noCa.answer).not.toMatchObject({ code: 'bug' });
  });

  it('says when the server does not speak TLS', async () => {
    const api = await fakeApiServer();
    const client = kubeClient({ kubeconfig: await writeKubeconfig(api.url.replace('http:', 'https:')) }, {});
    await expect(client.serverVersion()).rejects.toMatchObject({
      code: 'unreachable',
      message: containing('does not speak TLS'),
    });
    await client.close();
    await api.close();
  });

  it('goes by the proxy of the kubeconfig, and says when that is the trouble', async () => {
    const proxy = await connectProxy();
    const cluster = { ...trusting(ca), 'proxy-url': proxy.url };
    const { answer, url } = await ask(server, { cluster, user: as(admin) });
    expect(answer).toBe('1.21');
    expect(proxy.tunnels).toEqual([url.replace('https://', '')]);
    await proxy.close();
    const closed = await ask(server, { cluster });
    expect(closed.answer).toMatchObject({
      code: 'unreachable',
      message: containing(`cannot be reached by the proxy ${proxy.url}: `),
    });
    const refusing = await connectProxy({ refuse: true });
    const refused = await ask(server, {
      cluster: { ...trusting(ca), 'proxy-url': refusing.url.replace('//', '//me:s3cr3t@') },
    });
    await refusing.close();
    expect(refused.answer).toMatchObject({
      code: 'unreachable',
      message: containing(`cannot be reached by the proxy ${refusing.url}: `),
    });
  });
});
