import { MigrateError } from '../core/errors.js';
import type { OsFacts } from '../core/inventory.js';
import type { ReadHost } from '../core/ports.js';
import { ask } from './ask.js';
import type { FileReader } from './file-reader.js';

export async function collectOs(host: ReadHost, files: FileReader): Promise<OsFacts> {
  const [uname, etc, usr] = await Promise.all([
    ask(host, ['uname', '-r', '-m']),
    files.text('/etc/os-release'),
    files.text('/usr/lib/os-release'),
  ]);
  const text = etc ?? usr;
  if (text === undefined) throw new MigrateError('not-found', `${host.name} has no /etc/os-release`);
  const release = osRelease(text);
  const [kernel = '', architecture = ''] = uname.trim().split(' ');
  return {
    id: release['ID'] ?? 'linux',
    idLike: (release['ID_LIKE'] ?? '').split(' ').filter((id) => id !== ''),
    versionId: release['VERSION_ID'] ?? '',
    prettyName: release['PRETTY_NAME'] ?? release['NAME'] ?? 'Linux',
    kernel,
    architecture,
  };
}

/** `KEY=value` lines, quoted as a shell would have it. */
function osRelease(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const [, key, double, single, bare] =
      /^\s*([A-Z0-9_]+)=(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|(.*))\s*$/.exec(line) ?? [];
    if (key === undefined) continue;
    values[key] = single ?? (double ?? bare ?? '').replace(/\\(.)/g, '$1').trim();
  }
  return values;
}
