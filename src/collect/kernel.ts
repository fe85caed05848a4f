import type { KernelFacts } from '../core/inventory.js';
import type { ReadHost } from '../core/ports.js';
import { ask } from './ask.js';
import type { FileReader } from './file-reader.js';

const SYSCTLS = [
  'net.ipv4.ip_forward',
  'net.ipv6.conf.all.forwarding',
  'net.bridge.bridge-nf-call-iptables',
  'net.bridge.bridge-nf-call-ip6tables',
];

const MODULES_THAT_MATTER = ['overlay', 'br_netfilter'];

export async function collectKernel(host: ReadHost, files: FileReader): Promise<KernelFacts> {
  const [cgroupFilesystem, modules, filesystems, builtIn, values] = await Promise.all([
    ask(host, ['stat', '-f', '-c', '%T', '/sys/fs/cgroup']),
    files.text('/proc/modules'),
    files.text('/proc/filesystems'),
    files.list('/sys/module'),
    Promise.all(SYSCTLS.map((key) => files.text(`/proc/sys/${key.replaceAll('.', '/')}`))),
  ]);
  const sysctls = Object.fromEntries(
    SYSCTLS.flatMap((key, index) => {
      const value = values[index];
      return value === undefined ? [] : [[key, value.trim()]];
    }),
  );
  const loaded = new Set((modules ?? '').split('\n').map((line) => line.split(' ')[0] ?? ''));
  loaded.delete('');
  // What is built into the kernel is in neither list of modules for certain; what it does shows elsewhere.
  for (const name of MODULES_THAT_MATTER) if (builtIn.includes(name)) loaded.add(name);
  if (/\boverlay$/m.test(filesystems ?? '')) loaded.add('overlay');
  if ('net.bridge.bridge-nf-call-iptables' in sysctls) loaded.add('br_netfilter');
  return { cgroupVersion: cgroupFilesystem.trim() === 'cgroup2fs' ? 2 : 1, modules: [...loaded].sort(), sysctls };
}
