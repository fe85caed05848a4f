import { z } from 'zod';
import { valueOf } from '../core/fact.js';
import type { ReadHost } from '../core/ports.js';
import type { StepInput } from '../core/step.js';
import { criRuntimeSchema } from '../core/undo.js';

/** Where a runtime's configuration is, and who can say what the runtime makes of it. */
export const runtimeConfigSchema = z.object({
  runtime: criRuntimeSchema,
  binary: z.string().default('containerd'),
  /** The file that the runtime is started with. */
  configPath: z.string(),
  /** CRI-O's drop-ins. */
  configDir: z.string().optional(),
});
export type RuntimeConfig = z.infer<typeof runtimeConfigSchema>;

export function runtimeConfig({ inventory, conversion, options }: StepInput): RuntimeConfig {
  const runtime = options.target;
  const crio = valueOf(inventory.crio);
  if (runtime === 'crio' && crio !== undefined) {
    const { binary, configPath, configDir } = crio;
    return { runtime, binary, configPath, configDir };
  }
  return {
    runtime,
    binary: runtime === 'containerd' ? 'containerd' : runtime,
    configPath: conversion.runtimeConfigPath,
  };
}

/** What asks for the configuration in force; undefined for cri-dockerd, which has flags alone. */
export async function dumpCommand(
  host: ReadHost,
  { runtime, binary, configPath, configDir }: RuntimeConfig,
): Promise<readonly string[] | undefined> {
  switch (runtime) {
    case 'containerd':
      return [binary, '-c', configPath, 'config', 'dump'];
    case 'crio': {
      // Named and missing, the file is an error; CRI-O does without it where it has drop-ins.
      const main = (await host.stat(configPath)) === undefined ? [] : ['--config', configPath];
      return [binary, ...main, ...(configDir === undefined ? [] : ['--config-dir', configDir]), 'config'];
    }
    case 'cri-dockerd':
      return undefined;
  }
}
