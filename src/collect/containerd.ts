import { MigrateError } from '../core/errors.js';
import type { ContainerdFacts } from '../core/inventory.js';
import type { ReadHost } from '../core/ports.js';
import { ask } from './ask.js';
import { containerdCommand } from './containerd-command.js';
import type { FileReader } from './file-reader.js';
import { redactSecrets } from '../core/redact-secrets.js';
import type { ServiceSettings } from './service-settings.js';
import { tryQuery } from './try-query.js';

/** Errors: `not-found` where there is no containerd. */
export async function collectContainerd(
  host: ReadHost,
  files: FileReader,
  service: Promise<ServiceSettings>,
): Promise<ContainerdFacts> {
  const { binary, configPath } = containerdCommand((await service).execStart);
  const version = ask(host, [binary, '--version']);
  version.catch(() => undefined); // it is awaited below
  const hasConfig = (await files.read(configPath)) !== undefined;
  const dump = await tryQuery(host, [binary, ...(hasConfig ? ['-c', configPath] : []), 'config', 'dump']);
  return {
    binary,
    version: plainVersion(host, binary, await version),
    effectiveConfig: dump?.code === 0 ? redactSecrets(dump.stdout) : undefined,
  };
}

/** `containerd github.com/containerd/containerd/v2 v2.0.1 <commit>`; Debian's says `1.6.20~ds1`. */
function plainVersion(host: ReadHost, binary: string, output: string): string {
  const version = /^containerd\s+\S+\s+v?(\d+\.\d+\.\d+)/.exec(output)?.[1];
  if (version !== undefined) return version;
  throw new MigrateError(
    'failed',
    `${binary} --version on ${host.name} says no version: ${output.trim().slice(0, 100)}`,
  );
}
