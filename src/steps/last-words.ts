import type { ReadHost } from '../core/ports.js';

/** Of logrus, by which containerd and CRI-O log: `time="…" level=fatal msg="…"`. */
const FATAL = /level=(?:fatal|error) msg="((?:[^"\\]|\\.)*)"/;
/** What systemd adds about the unit itself. */
const OF_SYSTEMD = /^(?:[\w@.-]+\.service: |(?:Starting|Started|Stopping|Stopped|Failed to start) )/;

/** The last fatal line of such a log, without what is around it. */
export const fatalIn = (log: string): string | undefined =>
  FATAL.exec(log.split('\n').findLast((line) => FATAL.test(line)) ?? '')?.[1]?.replaceAll('\\"', '"');

/** Why a unit does not come up, by its own log; empty where it says nothing. */
export async function lastWords(host: ReadHost, unit: string): Promise<string> {
  const { stdout } = await host.query(['journalctl', '--unit', unit, '--lines', '40', '--output', 'cat', '--no-pager']);
  const own = stdout
    .trim()
    .split('\n')
    .findLast((line) => !OF_SYSTEMD.test(line));
  return (fatalIn(stdout) ?? own ?? '').slice(0, 400);
}
