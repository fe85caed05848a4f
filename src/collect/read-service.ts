import { posix } from 'node:path';
import { MigrateError } from '../core/errors.js';
import type { UnitFacts } from '../core/inventory.js';
import type { ReadHost } from '../core/ports.js';
import { hideSecrets } from '../core/secret-markers.js';
import { expandGlob } from './expand-glob.js';
import type { FileReader } from './file-reader.js';
import { serviceSettings, type ServiceSettings } from './service-settings.js';

/**
 * How a unit's service is started, with markers for secrets, read from its files: `systemctl show` has the words of ExecStart without their quotes.
 * Nothing is set where systemd knows no such unit.
 */
export async function readService(host: ReadHost, files: FileReader, unit: UnitFacts): Promise<ServiceSettings> {
  // A masked unit's file is a link to /dev/null, and its drop-ins do not count.
  const loaded = unit.loadState !== 'masked';
  const paths = [unit.fragmentPath, ...unit.dropInPaths].filter((path) => loaded && path !== '');
  const texts = await Promise.all(
    paths.map(async (path) => {
      const text = await files.text(path);
      if (text !== undefined) return hideSecrets(text, path);
      throw new MigrateError('not-found', `${path} is gone from ${host.name}, and systemd has not noticed`, {
        hint: 'Run systemctl daemon-reload on the node.',
      });
    }),
  );
  const settings = serviceSettings(texts);
  const environmentFiles = await Promise.all(
    settings.environmentFiles
      .filter(({ path }) => posix.isAbsolute(path))
      .map(async ({ path, optional }) => (await expandGlob(files, path)).map((found) => ({ path: found, optional }))),
  );
  return { ...settings, environmentFiles: environmentFiles.flat() };
}
