import { dirname, resolve } from 'node:path';
import type { ClusterAccess } from './cluster-access.js';

/** How to start an exec plugin: client-node leaves out KUBERNETES_EXEC_INFO, which most plugins want. */
export function execInfo({ user, cluster, server, file }: ClusterAccess): {
  command: string;
  env: { name: string; value: string }[];
} {
  const exec = user.exec;
  if (!exec) throw new TypeError('the user has no exec plugin');
  const info = {
    apiVersion: exec.apiVersion ?? 'client.authentication.k8s.io/v1beta1',
    kind: 'ExecCredential',
    spec: {
      interactive: false,
      ...(exec.provideClusterInfo
        ? {
            cluster: {
              server,
              'certificate-authority-data': cluster['certificate-authority-data'],
              'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'],
              'tls-server-name': cluster['tls-server-name'],
              'proxy-url': cluster['proxy-url'],
            },
          }
        : {}),
    },
  };
  return {
    // A command with a slash is meant from the kubeconfig's directory, one without is looked up in PATH.
    command: exec.command.includes('/') ? resolve(dirname(file), exec.command) : exec.command,
    env: [{ name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) }, ...(exec.env ?? [])],
  };
}
