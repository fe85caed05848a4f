import { posix } from 'node:path';
import { z } from 'zod';
import type { CniFacts, CniNetwork } from '../core/inventory.js';
import type { ReadHost } from '../core/ports.js';
import type { FileReader } from './file-reader.js';
import { listFiles } from './list-files.js';

const plugin = z.object({ type: z.string().min(1) });
const header = { name: z.string().default(''), cniVersion: z.string().default('') };
const singleSchema = plugin.extend(header);
const listSchema = z.object({ ...header, plugins: z.array(plugin).min(1) });

const EXECUTABLE_BITS = 0o111;

/**
 * The networks in the order in which a runtime picks them: it takes the first. A file that is no CNI configuration stays in
 * the list, without plugins: dockershim skips such a file, containerd fails on it.
 */
export async function collectCni(
  host: ReadHost,
  files: FileReader,
  flags: Readonly<Record<string, string>>,
): Promise<CniFacts> {
  const confDir = flags['cni-conf-dir'] || '/etc/cni/net.d';
  const binDir = flags['cni-bin-dir'] || '/opt/cni/bin';
  const [names, ...binaries] = await Promise.all([
    files.list(confDir),
    // The kubelet takes several, with commas between.
    ...binDir.split(',').map((dir) => listFiles(host, files, dir.trim())),
  ]);
  const confFiles = names.filter((name) => ['.conf', '.conflist', '.json'].includes(posix.extname(name)));
  const networks = await Promise.all(
    [...confFiles].sort().map(async (file) => network(file, await files.text(posix.join(confDir, file)))),
  );
  const runnable = binaries.flat().filter(({ mode }) => (mode & EXECUTABLE_BITS) !== 0);
  return { confDir, binDir, networks, binaries: [...new Set(runnable.map(({ name }) => name))].sort() };
}

function network(file: string, text: string | undefined): CniNetwork {
  const json = parsedJson(text ?? '');
  if (file.endsWith('.conflist')) {
    const list = listSchema.safeParse(json);
    if (list.success) {
      const { name, cniVersion, plugins } = list.data;
      return { file, name, cniVersion, pluginTypes: plugins.map(({ type }) => type) };
    }
  } else {
    const single = singleSchema.safeParse(json);
    if (single.success) {
      const { name, cniVersion, type } = single.data;
      return { file, name, cniVersion, pluginTypes: [type] };
    }
  }
  return { file, name: '', cniVersion: '', pluginTypes: [] };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
