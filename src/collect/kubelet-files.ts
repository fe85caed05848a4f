import { posix } from 'node:path';
import type { KubeletFacts } from '../core/inventory.js';
import { expandGlob } from './expand-glob.js';
import type { FileReader } from './file-reader.js';

/** Files that the kubelet's flags lead to: its configuration, drop-ins of it (1.28 and later), credentials of registries. */
export async function kubeletFiles(
  files: FileReader,
  { configPath, flags }: Pick<KubeletFacts, 'configPath' | 'flags'>,
): Promise<readonly string[]> {
  const configDir = flags['config-dir'] ?? '';
  const rootDir = flags['root-dir'] ?? '';
  return [
    ...(configPath === undefined ? [] : [configPath]),
    ...(configDir === '' ? [] : await expandGlob(files, posix.join(configDir, '*.conf'))),
    ...(rootDir === '' ? [] : [posix.join(rootDir, 'config.json')]),
  ];
}
