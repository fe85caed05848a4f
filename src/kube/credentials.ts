import type { RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { assertCertificateValid } from './assert-certificate-valid.js';
import type { ClusterAccess } from './cluster-access.js';
import { credentialError } from './credential-error.js';
import { kubeConfigOf } from './kube-config-of.js';
import { within } from './within.js';

export interface Credentials {
  /** TLS material, headers and, behind a proxy, the agent. */
  current(): Promise<RequestOptions>;
  /** After a 401: the next call asks again. */
  drop(): void;
}

// client-go reads token files anew every minute, and plugins without an expiry only after a 401.
const FRESH_MS = 60_000;
const PLUGIN_TIMEOUT_MS = 60_000;

/** What to present to the API server; exec plugins, token files and OIDC are client-node's, loaded at the first call. */
export function credentials(access: ClusterAccess): Credentials {
  let config: KubeConfig | undefined;
  let last: { readonly options: Promise<RequestOptions>; readonly at: number } | undefined;

  const ask = async (): Promise<RequestOptions> => {
    config ??= await kubeConfigOf(access);
    const options: RequestOptions = { headers: {} };
    try {
      await within(
        config.applyToHTTPSOptions(options),
        PLUGIN_TIMEOUT_MS,
        `no credentials within ${PLUGIN_TIMEOUT_MS / 1000} s`,
      );
    } catch (error) {
      throw credentialError(error, access);
    }
    if (options.cert !== undefined) assertCertificateValid(String(options.cert), access, new Date());
    return tidy(options, access);
  };

  return {
    current() {
      if (last === undefined || Date.now() - last.at > FRESH_MS) {
        const options = ask();
        last = { options, at: Date.now() };
        options.catch(() => (last = undefined));
      }
      return last.options;
    },
    drop() {
      last = undefined;
      // client-node keeps what a plugin gave until its expiry, even if the server refuses it by now.
      config = undefined;
    },
  };
}

function tidy(options: RequestOptions, { cluster, proxy }: ClusterAccess): RequestOptions {
  const { agent, auth, headers = {}, ca, cert, key } = options;
  const { Authorization: authorization, ...others } = headers as Record<string, string>;
  return {
    headers: {
      ...others,
      // A token file ends in a newline, which a header may not.
      ...(authorization === undefined ? {} : { authorization: authorization.trim() }),
      ...(auth ? { authorization: `Basic ${Buffer.from(auth).toString('base64')}` } : {}),
    },
    ...(ca ? { ca } : {}),
    ...(cert ? { cert } : {}),
    ...(key ? { key } : {}),
    ...(cluster['tls-server-name'] === undefined ? {} : { servername: cluster['tls-server-name'] }),
    ...(cluster['insecure-skip-tls-verify'] ? { rejectUnauthorized: false } : {}),
    // Without a proxy all calls share one agent that keeps its connections.
    ...(proxy !== undefined && agent ? { agent } : {}),
  };
}
