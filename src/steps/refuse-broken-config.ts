import { containerdMismatches } from '../config/containerd/effective-containerd.js';
import { crioMismatches } from '../config/crio/effective-crio.js';
import { MigrateError } from '../core/errors.js';
import type { ReadHost } from '../core/ports.js';
import { fatalIn } from './last-words.js';
import { dumpCommand, type RuntimeConfig } from './runtime-config.js';

/**
 * The runtime's own reading of its files, before the one that serves is restarted with them: both are silent about what
 * they ignore. `written` are the files whose every key has to take. Errors: `failed`, naming the file and what did not.
 */
export async function refuseBrokenConfig(
  host: ReadHost,
  config: RuntimeConfig,
  written: readonly string[],
): Promise<void> {
  const argv = await dumpCommand(host, config);
  if (argv === undefined) return;
  const { runtime, configPath } = config;
  const name = runtime === 'crio' ? 'CRI-O' : 'containerd';
  const dump = await host.query(argv);
  if (dump.code !== 0) {
    const reason = fatalIn(dump.stderr) ?? dump.stderr.trim().split('\n').at(-1) ?? '';
    throw new MigrateError('failed', `${name} does not accept ${configPath}: ${reason}`);
  }
  const mismatches = runtime === 'crio' ? crioMismatches : containerdMismatches;
  for (const path of written) {
    const [mismatch] = mismatches(dump.stdout, new TextDecoder().decode(await host.readFile(path)));
    if (mismatch !== undefined)
      throw new MigrateError('failed', `${name} reads ${path} otherwise than meant: ${mismatch}`);
  }
}
