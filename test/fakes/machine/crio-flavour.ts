import { parse, type TomlTable } from 'smol-toml';
import { z } from 'zod';
import type { CriFlavour } from './cri-daemon.js';
import type { MemoryFiles } from './memory-files.js';

const CONFIG = '/etc/crio/crio.conf';
const DROP_INS = '/etc/crio/crio.conf.d';

const schema = z.object({
  crio: z
    .object({
      runtime: z.looseObject({ cgroup_manager: z.enum(['cgroupfs', 'systemd']).default('systemd') }).prefault({}),
      image: z.looseObject({ pause_image: z.string().default('k8s.gcr.io/pause:3.6') }).prefault({}),
    })
    .prefault({}),
});

/** Its configuration as it lays one file on the other, for those that are there. */
export function crioConfig(files: MemoryFiles): TomlTable {
  const paths = [CONFIG, ...files.list(DROP_INS).map((name) => `${DROP_INS}/${name}`)];
  return paths.map((path) => parse(files.text(path) ?? '')).reduce((under, over) => merged(under, over), {});
}

function merged(under: TomlTable, over: TomlTable): TomlTable {
  const isTable = (value: unknown): value is TomlTable =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const entries = Object.entries(over).map(([key, value]) => {
    const below = under[key];
    return [key, isTable(below) && isTable(value) ? merged(below, value) : value] as const;
  });
  return { ...under, ...Object.fromEntries(entries) };
}

/** CRI-O 1.23. */
export const crioFlavour: CriFlavour = {
  socket: '/run/crio/crio.sock',
  cgroup: '/system.slice/crio.service',
  readSettings(files) {
    const parsed = schema.safeParse(crioConfig(files));
    if (!parsed.success) {
      throw new Error(`level=fatal msg="validating config: ${parsed.error.issues[0]?.path.join('.') ?? ''}"`);
    }
    const { runtime, image } = parsed.data.crio;
    return {
      sandboxImage: image.pause_image,
      systemdCgroup: runtime.cgroup_manager === 'systemd',
      criDisabled: false,
    };
  },
  watcher: (id) => ['/usr/bin/conmon', '-c', id, '-r', '/usr/sbin/runc', '--runtime-arg', '--root=/run/runc'],
};
