import type { KubeConfig } from '@kubernetes/client-node';
import type { ClusterAccess } from './cluster-access.js';
import { execInfo } from './exec-info.js';

/** The access as client-node takes it. The package is heavy and is loaded here, at the first call of all. */
export async function kubeConfigOf(access: ClusterAccess): Promise<KubeConfig> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const { cluster, user, server, context, userName, proxy } = access;
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [
      {
        name: 'cluster',
        server,
        // Data wins over a file of the same field, as with kubectl.
        caData: cluster['certificate-authority-data'],
        caFile: cluster['certificate-authority-data'] === undefined ? cluster['certificate-authority'] : undefined,
        // client-node takes plain http only with verification off.
        skipTLSVerify: cluster['insecure-skip-tls-verify'] || server.startsWith('http:'),
        tlsServerName: cluster['tls-server-name'],
        proxyUrl: proxy,
      },
    ],
    users: [
      {
        name: userName || 'anonymous',
        certData: user['client-certificate-data'],
        certFile: user['client-certificate-data'] === undefined ? user['client-certificate'] : undefined,
        keyData: user['client-key-data'],
        keyFile: user['client-key-data'] === undefined ? user['client-key'] : undefined,
        token: user.tokenFile === undefined ? user.token : undefined,
        authProvider:
          user.tokenFile === undefined
            ? user['auth-provider']
            : { name: 'tokenFile', config: { tokenFile: user.tokenFile } },
        exec: user.exec ? { ...user.exec, ...execInfo(access) } : undefined,
        username: user.username,
        password: user.password,
        impersonateUser: user.as,
      },
    ],
    contexts: [{ name: context, cluster: 'cluster', user: userName || 'anonymous' }],
    currentContext: context,
  });
  return config;
}
