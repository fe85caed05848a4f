import type { ParityFacts } from '../../core/parity.js';

/** Those that a kubelet accounts by. systemd's own hierarchy, and the unified one beside version 1, are the runtime's affair. */
const CONTROLLERS = ['cpu', 'memory', 'pids'];

/** Of /proc/<pid>/cgroup, the links of the namespace here and of process 1, and the container's pids.max. */
export function cgroupFacts(cgroup: string, namespaces: string, pidsMax: string): ParityFacts {
  const lines = cgroup.split('\n').flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    return controllers === undefined || path === undefined ? [] : [{ controllers: controllers.split(','), path }];
  });
  const old = lines.filter(({ controllers }) => controllers.some((one) => CONTROLLERS.includes(one)));
  const paths = old.length > 0 ? old : lines.filter(({ controllers }) => controllers.join() === '');
  const parents = [...new Set(paths.map(({ path }) => path.slice(0, path.lastIndexOf('/')) || '/'))];
  const [own, host] = namespaces.trim().split(/\s+/);
  return {
    'cgroup:parent': parents.sort().join(' ') || 'none',
    'cgroup:namespace': own === host ? 'host' : 'private',
    'pids-limit': pidsMax.trim().split('\n')[0] ?? '',
  };
}
