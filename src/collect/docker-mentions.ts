import type { FileFacts } from '../core/inventory.js';
import type { ReadHost } from '../core/ports.js';
import { fileFacts } from './file-facts.js';
import { createFileReader } from './file-reader.js';
import { tryQuery } from './try-query.js';

/** Where administrators and their tools put what runs by itself. Units of packages are not theirs. */
const PLACES = [
  '/etc/crontab',
  '/etc/cron.d',
  '/etc/cron.hourly',
  '/etc/cron.daily',
  '/etc/cron.weekly',
  '/etc/cron.monthly',
  '/var/spool/cron',
  '/etc/systemd/system',
  '/etc/logrotate.d',
  '/etc/sudoers.d',
  '/etc/rc.local',
  '/etc/profile.d',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/opt/bin',
  '/var/lib/cloud/instance/user-data.txt',
];

const MOST_FILES = 200;

/** Text files in those places that mention Docker, links left aside. Errors: as `query`. */
export async function collectDockerMentions(host: ReadHost): Promise<Readonly<Record<string, FileFacts>>> {
  // Not all of the places exist, which makes it end with 2; a machine without grep has told nothing.
  const listing = await tryQuery(host, ['grep', '-rlIis', '-e', 'docker', ...PLACES]);
  if (listing === undefined) return {};
  const paths = listing.stdout.split('\n').filter((path) => path.startsWith('/'));
  const files = createFileReader(host);
  const read = paths.slice(0, MOST_FILES).map(async (path) => [path, fileFacts(await files.read(path))] as const);
  return Object.fromEntries(await Promise.all(read));
}
