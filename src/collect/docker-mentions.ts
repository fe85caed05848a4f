import { MigrateError } from '../core/errors.js';
import type { FileFacts } from '../core/inventory.js';
import type { ReadHost } from '../core/ports.js';
import { fileFacts } from './file-facts.js';
import { createFileReader } from './file-reader.js';

/** Where administrators and their tools put what runs by itself, and where agents outside of Kubernetes are configured. */
const PLACES = [
  '/etc/bash.bashrc',
  '/etc/bashrc',
  '/etc/cron.d',
  '/etc/cron.daily',
  '/etc/cron.hourly',
  '/etc/cron.monthly',
  '/etc/cron.weekly',
  '/etc/crontab',
  '/etc/logrotate.d',
  '/etc/profile',
  '/etc/profile.d',
  '/etc/rc.local',
  '/etc/sudoers',
  '/etc/sudoers.d',
  '/etc/systemd/system',
  '/lib/systemd/system',
  '/opt/bin',
  '/root/.bashrc',
  '/root/.profile',
  '/usr/lib/systemd/system',
  '/usr/local/bin',
  '/usr/local/lib/systemd/system',
  '/usr/local/sbin',
  '/var/lib/cloud/instance/user-data.txt',
  '/var/spool/cron',
  ...['collectd', 'datadog-agent', 'filebeat', 'fluent', 'fluent-bit', 'monit', 'nagios', 'prometheus', 'promtail'].map(
    (agent) => `/etc/${agent}`,
  ),
  ...['rsyslog.d', 'td-agent', 'telegraf', 'vector', 'zabbix'].map((agent) => `/etc/${agent}`),
];

const MOST_FILES = 1000;

/**
 * Text files in those places, and further ones, that mention Docker; links in them are left aside. Errors: as `query`,
 * `not-found` for a host without grep, `failed` when there are too many.
 */
export async function collectDockerMentions(
  host: ReadHost,
  further: readonly string[] = [],
): Promise<Readonly<Record<string, FileFacts>>> {
  // Not all of the places exist, which makes it end with 2.
  const { code, stdout } = await host.query(['grep', '-rlIis', '-e', 'docker', '--', ...PLACES, ...further]);
  if (code === 127) throw new MigrateError('not-found', `${host.name} has no command grep`);
  const paths = [...new Set(stdout.split('\n').filter((path) => path.startsWith('/')))].sort();
  if (paths.length > MOST_FILES) {
    throw new MigrateError('failed', `${paths.length} files on ${host.name} mention Docker, too many to be read`);
  }
  const files = createFileReader(host);
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, fileFacts(path, await files.read(path))] as const)),
  );
}
