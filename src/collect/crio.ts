import { MigrateError } from '../core/errors.js';
import type { CrioFacts } from '../core/inventory.js';
import type { ReadHost } from '../core/ports.js';
import { redactSecrets } from '../core/redact-secrets.js';
import { ask } from './ask.js';
import type { CrioCommand } from './crio-command.js';
import { tryQuery } from './try-query.js';

/** Errors: `not-found` where there is no CRI-O. */
export async function collectCrio(host: ReadHost, command: Promise<CrioCommand>): Promise<CrioFacts> {
  const { binary, configPath, configDir, flags } = await command;
  const output = await ask(host, [binary, '--version']);
  // A package's own additions follow: `crio version 1.28.4`, `1.23.5+2.el8`.
  const version = /^crio version v?(\d+\.\d+\.\d+)/m.exec(output)?.[1];
  if (version === undefined) {
    throw new MigrateError(
      'failed',
      `${binary} --version on ${host.name} says no version: ${output.trim().slice(0, 100)}`,
    );
  }
  const config = await tryQuery(host, [binary, ...flags, 'config']);
  return {
    binary,
    version,
    configPath,
    configDir,
    effectiveConfig: config?.code === 0 ? redactSecrets(config.stdout) : undefined,
  };
}
