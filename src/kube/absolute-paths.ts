import { dirname, resolve } from 'node:path';

/** The entry of a kubeconfig with the paths under `keys` made absolute: they are meant from the file's own directory. */
export function absolutePaths<T extends object>(entry: T, keys: readonly (keyof T)[], kubeconfig: string): T {
  const resolved = keys.flatMap((key) => {
    const path = entry[key];
    return typeof path === 'string' ? [[key, resolve(dirname(kubeconfig), path)]] : [];
  });
  return { ...entry, ...(Object.fromEntries(resolved) as Partial<T>) };
}
