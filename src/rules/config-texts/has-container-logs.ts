import { isContainerLogPath } from './container-log-path.js';

/** One path or a list of them, of which one at least is where containers' logs are. */
export function hasContainerLogs(paths: unknown): boolean {
  const list: readonly unknown[] = Array.isArray(paths) ? paths : [paths];
  return list.some((path) => typeof path === 'string' && isContainerLogPath(path));
}
