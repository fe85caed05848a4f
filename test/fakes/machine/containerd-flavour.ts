import { parse } from 'smol-toml';
import { z } from 'zod';
import type { CriFlavour, CriSettings } from './cri-daemon.js';

const configSchema = z.looseObject({
  disabled_plugins: z.array(z.string()).default([]),
  plugins: z.record(z.string(), z.looseObject({})).default({}),
});
const criSchema = z.looseObject({
  sandbox_image: z.string().default('registry.k8s.io/pause:3.6'),
  containerd: z
    .looseObject({
      runtimes: z
        .record(
          z.string(),
          z.looseObject({ options: z.looseObject({ SystemdCgroup: z.boolean().default(false) }).optional() }),
        )
        .default({}),
    })
    .optional(),
});

/** Reads a configuration as containerd 1.6 does. Throws for one that it does not start with. */
function containerdSettings(text: string): CriSettings {
  const config = configSchema.parse(parse(text));
  const cri = criSchema.parse(config.plugins['io.containerd.grpc.v1.cri'] ?? {});
  return {
    sandboxImage: cri.sandbox_image,
    systemdCgroup: cri.containerd?.runtimes['runc']?.options?.SystemdCgroup ?? false,
    criDisabled: config.disabled_plugins.some((name) => /(?:^|\.)cri$/.test(name)),
  };
}

export const containerdFlavour: CriFlavour = {
  socket: '/run/containerd/containerd.sock',
  cgroup: '/system.slice/containerd.service',
  readSettings: (files) => containerdSettings(files.text('/etc/containerd/config.toml') ?? ''),
  watcher: (id) => ['/usr/bin/containerd-shim-runc-v2', '-namespace', 'k8s.io', '-id', id],
};
