import { z } from 'zod';
import { messageOf } from '../core/errors.js';
import type { DockerContainer } from '../core/inventory.js';
import type { ReadHost } from '../core/ports.js';
import type { ActContext } from '../core/step.js';

/** What libcni keeps of an ADD, `cniCacheV1` (libcni/api.go): enough to do its DEL. */
const cacheSchema = z.object({
  kind: z.literal('cniCacheV1'),
  containerId: z.string(),
  config: z.string(),
  ifName: z.string(),
  networkName: z.string(),
  cniArgs: z.array(z.tuple([z.string(), z.string()])).nullish(),
  capabilityArgs: z.record(z.string(), z.unknown()).nullish(),
  result: z.unknown(),
});

const networkSchema = z.looseObject({
  cniVersion: z.string().optional(),
  name: z.string(),
  plugins: z
    .array(z.looseObject({ type: z.string(), capabilities: z.record(z.string(), z.boolean()).optional() }))
    .optional(),
});

interface Places {
  readonly cniBinDirs: readonly string[];
  readonly cniCacheDir: string;
}

/**
 * Gives a sandbox's address, ports and interfaces back. With the kubelet stopped nobody else does: the lease of a sandbox
 * that Docker alone removed stays for good, and a /24 is soon full. What fails is told and does not stop the switch.
 */
export async function deleteFromNetwork(
  act: ActContext,
  sandbox: DockerContainer,
  { cniBinDirs, cniCacheDir }: Places,
): Promise<void> {
  const directory = `${cniCacheDir}/results`;
  const entries = (await act.host.list(directory)).filter((name) => name.includes(sandbox.id));
  for (const entry of entries) {
    try {
      const content = await act.host.readFile(`${directory}/${entry}`);
      if (content === undefined) continue;
      const cache = cacheSchema.parse(JSON.parse(new TextDecoder().decode(content)));
      await deleteOne(act, cache, sandbox.pid, cniBinDirs);
      await act.host.remove(`${directory}/${entry}`);
    } catch (error) {
      act.warn(`the network of ${sandbox.name} may not have been given back: ${messageOf(error)}`);
    }
  }
}

async function deleteOne(
  { host }: ActContext,
  cache: z.infer<typeof cacheSchema>,
  pid: number,
  binDirs: readonly string[],
): Promise<void> {
  const network = networkSchema.parse(JSON.parse(Buffer.from(cache.config, 'base64').toString('utf8')));
  const plugins = network.plugins ?? [networkSchema.extend({ type: z.string() }).parse(network)];
  const environment = [
    'CNI_COMMAND=DEL',
    `CNI_CONTAINERID=${cache.containerId}`,
    `CNI_NETNS=${pid > 0 ? `/proc/${pid}/ns/net` : ''}`,
    `CNI_IFNAME=${cache.ifName}`,
    `CNI_ARGS=${(cache.cniArgs ?? []).map(([key, value]) => `${key}=${value}`).join(';')}`,
    `CNI_PATH=${binDirs.join(':')}`,
  ];
  for (const plugin of plugins.toReversed()) {
    const capabilities =
      'capabilities' in plugin ? (plugin.capabilities as Record<string, boolean> | undefined) : undefined;
    const runtimeConfig = Object.fromEntries(
      Object.entries(cache.capabilityArgs ?? {}).filter(([name]) => capabilities?.[name] === true),
    );
    const stdin = {
      ...plugin,
      name: network.name,
      cniVersion: network.cniVersion ?? '0.1.0',
      prevResult: cache.result,
      ...(Object.keys(runtimeConfig).length === 0 ? {} : { runtimeConfig }),
    };
    const result = await host.run(['env', ...environment, await pluginPath(host, binDirs, plugin.type)], {
      input: JSON.stringify(stdin),
      timeoutMs: 30_000,
    });
    if (result.code !== 0) throw new Error(`${plugin.type} DEL: ${(result.stdout || result.stderr).trim()}`);
  }
}

async function pluginPath(host: ReadHost, directories: readonly string[], type: string): Promise<string> {
  for (const directory of directories) {
    if ((await host.stat(`${directory}/${type}`)) !== undefined) return `${directory}/${type}`;
  }
  throw new Error(`there is no plugin ${type} in ${directories.join(', ')}`);
}
