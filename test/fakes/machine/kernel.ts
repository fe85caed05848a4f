import type { MemoryFiles } from './memory-files.js';

/** Modules and sysctls, as /proc and /sys show them. Neither outlives a boot but by the files that ask for it. */
export interface Kernel {
  load(module: string): void;
  unload(module: string): void;
  set(key: string, value: string): void;
  modules(): readonly string[];
  boot(): void;
}

const SETTINGS = ['net.ipv4.ip_forward', 'net.ipv6.conf.all.forwarding'];
const OF_BRIDGES = ['net.bridge.bridge-nf-call-iptables', 'net.bridge.bridge-nf-call-ip6tables'];

export function kernel(files: MemoryFiles): Kernel {
  const pathOf = (key: string): string => `/proc/sys/${key.replaceAll('.', '/')}`;
  const linesOf = (dir: string): string[] =>
    files
      .list(dir)
      .flatMap((file) => (files.text(`${dir}/${file}`) ?? '').split('\n'))
      .filter((line) => line !== '' && !line.startsWith('#'));
  const self: Kernel = {
    load(module) {
      if (files.entry(`/sys/module/${module}`) !== undefined) return;
      files.makeDirectory(`/sys/module/${module}`);
      if (module === 'overlay') files.write('/proc/filesystems', 'nodev\tsysfs\nnodev\toverlay\n\text4\n');
      if (module === 'br_netfilter') for (const key of OF_BRIDGES) self.set(key, '1');
    },
    unload(module) {
      files.removeTree(`/sys/module/${module}`);
      if (module === 'overlay') files.write('/proc/filesystems', 'nodev\tsysfs\n\text4\n');
      if (module === 'br_netfilter') files.removeTree('/proc/sys/net/bridge');
    },
    set: (key, value) => files.write(pathOf(key), `${value}\n`),
    modules: () => files.list('/sys/module'),
    boot() {
      for (const module of self.modules()) self.unload(module);
      files.write('/proc/filesystems', 'nodev\tsysfs\n\text4\n');
      files.write('/proc/modules', '');
      for (const key of SETTINGS) self.set(key, '0');
      for (const module of linesOf('/etc/modules-load.d')) self.load(module);
      for (const line of linesOf('/etc/sysctl.d')) {
        const [key = '', value = ''] = line.split('=').map((part) => part.trim());
        self.set(key, value);
      }
    },
  };
  return self;
}
