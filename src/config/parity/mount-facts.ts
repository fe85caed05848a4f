import type { ParityFacts } from '../../core/parity.js';

/** The kubelet mounts its own over this one in every pod. */
const OF_KUBELET = new Set(['/etc/hosts', '/dev/termination-log']);
const FLAGS = ['ro', 'nosuid', 'nodev', 'noexec'];
/** What a runtime keeps on whichever file system it likes, and mounts as a file. */
const OF_RUNTIME = /^\/etc\//;

/** Of /proc/<pid>/mountinfo: what is mounted where, and how: `mount:/sys` → `sysfs ro nosuid nodev noexec`. */
export function mountFacts(mountinfo: string): ParityFacts {
  const facts: Record<string, string> = {};
  const masked: string[] = [];
  const readonly: string[] = [];
  for (const line of mountinfo.split('\n')) {
    const [head = '', tail = ''] = line.split(' - ');
    const [, , , root = '', target = '', options = ''] = head.split(' ');
    const [type = '', , superOptions = ''] = tail.split(' ');
    if (target === '' || OF_KUBELET.has(target)) continue;
    const flags = options.split(',').filter((option) => FLAGS.includes(option));
    if (isKernel(target) && (type === 'tmpfs' || root === '/null')) {
      masked.push(target);
    } else if (target.startsWith('/proc/') && flags.includes('ro')) {
      readonly.push(target);
    } else if (target.startsWith('/sys/fs/cgroup/')) {
      // One for each controller, all alike.
      facts['mount:/sys/fs/cgroup/*'] = [type, ...flags].join(' ');
    } else if (target === '/') {
      facts['mount:/'] = flags.includes('ro') ? 'read-only' : 'writable';
    } else {
      facts[`mount:${target}`] = OF_RUNTIME.test(target)
        ? flags.includes('ro') ? 'file, read-only' : 'file, writable' // prettier-ignore
        : [type, ...flags].join(' ');
    }
    if (target === '/dev/shm') facts['shm-size'] = /(?:^|,)size=([^,]+)/.exec(superOptions)?.[1] ?? 'unlimited';
  }
  return {
    ...facts,
    'masked-paths': masked.sort().join(' ') || 'none',
    'readonly-paths': readonly.sort().join(' ') || 'none',
  };
}

const isKernel = (target: string): boolean =>
  (target.startsWith('/proc/') || target.startsWith('/sys/')) && !target.startsWith('/sys/fs/cgroup');
