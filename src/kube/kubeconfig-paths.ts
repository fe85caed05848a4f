import { delimiter, join } from 'node:path';

export interface KubeconfigPaths {
  readonly paths: readonly string[];
  /** Named by the user as the one file, so that it has to exist. */
  readonly explicit: boolean;
}

/** Where to look, as kubectl does: `--kubeconfig`, else the list in KUBECONFIG, else `~/.kube/config`. */
export function kubeconfigPaths(flag: string | undefined, env: NodeJS.ProcessEnv, home: string): KubeconfigPaths {
  if (flag !== undefined && flag !== '') return { paths: [flag], explicit: true };
  const listed = [...new Set((env.KUBECONFIG ?? '').split(delimiter).filter((path) => path !== ''))];
  return { paths: listed.length > 0 ? listed : [join(home, '.kube', 'config')], explicit: false };
}
