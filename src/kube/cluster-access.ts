import { homedir } from 'node:os';
import { MigrateError } from '../core/errors.js';
import { absolutePaths } from './absolute-paths.js';
import { assertFilesReadable } from './assert-files-readable.js';
import { kubeconfigPaths } from './kubeconfig-paths.js';
import type { Kubeconfig } from './kubeconfig-schema.js';
import { proxyFor } from './proxy-for.js';
import { readKubeconfig } from './read-kubeconfig.js';
import { serverUrl } from './server-url.js';

type ClusterEntry = Kubeconfig['clusters'][number]['cluster'];
type UserEntry = NonNullable<Kubeconfig['users'][number]['user']>;

/** One context of the kubeconfig with its cluster and user, all paths absolute. */
export interface ClusterAccess {
  readonly context: string;
  readonly server: string;
  readonly cluster: ClusterEntry;
  /** Of the kubeconfig, else of the environment. */
  readonly proxy: string | undefined;
  readonly userName: string;
  readonly user: UserEntry;
  /** Where the user's entry stands, for messages. */
  readonly file: string;
}

export interface AccessOptions {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
}

/** Which API server to talk to and as whom. Of several files the first that has an entry counts, as with kubectl. */
export async function clusterAccess(options: AccessOptions, env: NodeJS.ProcessEnv): Promise<ClusterAccess> {
  const { paths, explicit } = kubeconfigPaths(options.kubeconfig, env, env.HOME ?? homedir());
  const read = await Promise.all(paths.map(async (path) => ({ path, config: await readKubeconfig(path) })));
  const files = read.flatMap(({ path, config }) => (config === undefined ? [] : [{ path, config }]));
  const all = paths.join(', ');
  if (files.length === 0) {
    const hint =
      'name one with --kubeconfig or KUBECONFIG; on a kubeadm control plane it is /etc/kubernetes/admin.conf';
    throw new MigrateError(
      'input',
      explicit ? `kubeconfig ${all} does not exist` : `there is no kubeconfig (looked for ${all})`,
      { hint },
    );
  }

  const context =
    options.context ?? files.map(({ config }) => config['current-context']).find((name) => name !== undefined);
  if (context === undefined) {
    throw new MigrateError('input', `kubeconfig ${all} sets no current-context`, { hint: 'choose one with --context' });
  }
  const found = first(files, ({ contexts }) => contexts.find(({ name }) => name === context)?.context);
  if (found === undefined) {
    const known = files.flatMap(({ config }) => config.contexts.map(({ name }) => name));
    const hint = known.length > 0 ? `it has: ${known.join(', ')}` : 'it has no contexts at all';
    throw new MigrateError('input', `kubeconfig ${all} has no context "${context}"`, { hint });
  }

  const { cluster: clusterName = '', user: userName = '' } = found.value;
  const cluster = first(files, ({ clusters }) => clusters.find(({ name }) => name === clusterName)?.cluster);
  if (cluster === undefined)
    throw new MigrateError(
      'input',
      `context "${context}" of kubeconfig ${found.path} names the cluster "${clusterName}", which is not there`,
    );
  const user = first(files, ({ users }) => users.find(({ name }) => name === userName)?.user ?? undefined);
  // A context without a user is anonymous; a user that has gone missing is a mistake.
  if (
    user === undefined &&
    userName !== '' &&
    !files.some(({ config }) => config.users.some(({ name }) => name === userName))
  ) {
    throw new MigrateError(
      'input',
      `context "${context}" of kubeconfig ${found.path} names the user "${userName}", which is not there`,
    );
  }

  const server = serverUrl(cluster.value.server, clusterName, cluster.path);
  const result: ClusterAccess = {
    context,
    server,
    proxy: cluster.value['proxy-url'] ?? proxyFor(server, env),
    cluster: absolutePaths(cluster.value, ['certificate-authority'], cluster.path),
    userName,
    user:
      user === undefined
        ? ({} as UserEntry)
        : absolutePaths(user.value, ['client-certificate', 'client-key', 'tokenFile'], user.path),
    file: user?.path ?? found.path,
  };
  await assertFilesReadable(result.file, {
    'certificate-authority': result.cluster['certificate-authority'],
    'client-certificate': result.user['client-certificate'],
    'client-key': result.user['client-key'],
    tokenFile: result.user.tokenFile,
  });
  return result;
}

type File = { readonly path: string; readonly config: Kubeconfig };

function first<T>(
  files: readonly File[],
  pick: (config: Kubeconfig) => T | null | undefined,
): { path: string; value: T } | undefined {
  for (const { path, config } of files) {
    const value = pick(config);
    if (value !== undefined && value !== null) return { path, value };
  }
  return undefined;
}
