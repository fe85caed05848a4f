import { MigrateError } from '../core/errors.js';

/** The server of a kubeconfig's cluster, checked and without a slash at its end. */
export function serverUrl(server: string | undefined, cluster: string, path: string): string {
  if (server === undefined || !/^https?:\/\//.test(server) || !URL.canParse(server)) {
    throw new MigrateError(
      'input',
      `cluster "${cluster}" of kubeconfig ${path} has no usable server: ${server ?? 'none is set'}`,
      {
        hint: 'it should look like https://10.0.0.1:6443',
      },
    );
  }
  return server.replace(/\/+$/, '');
}
