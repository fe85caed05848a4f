import type { TextView } from '../../manifests/views.js';
import { isDaemonKey, isDistinctDaemonKey } from './daemon-key.js';
import { flagsIn } from './flags-in.js';
import { logicalLines } from './logical-lines.js';

export interface DaemonFlag {
  readonly key: string;
  readonly value: unknown;
  readonly offset: number;
  readonly length: number;
}

const NAMES: Readonly<Record<string, string>> = {
  'add-runtime': 'runtimes',
  'http-proxy': 'proxies',
  'https-proxy': 'proxies',
  'no-proxy': 'proxies',
  graph: 'data-root',
};

const STARTS_DAEMON = /(?:^|[\s"'=/])(?:dockerd|docker\s{1,4}daemon)(?=[\s"']|$)/;
const HOLDS_FLAGS =
  /^\s*(?:export\s{1,4})?(?:Environment\s*=\s*["']?)?["']?(?:DOCKER_\w{0,20}OPT(?:ION)?S|OPTIONS|INSECURE_REGISTRY)\s*=/;
const REMOTE = /(?:^|[\s"'])(?:-H|--host)[= ]{0,2}["']?(tcp:\/\/[^\s"',]+)/g;

/** The settings that units, files of variables and scripts give dockerd on its command line: one list for each line. */
export function* daemonFlags({ role, text, pod }: TextView): Generator<readonly DaemonFlag[]> {
  // A pod's own dockerd goes on working under any runtime.
  if (
    pod !== undefined ||
    role === 'config' ||
    !/dockerd|docker\s{1,4}daemon|OPTS|OPTIONS|INSECURE_REGISTRY/.test(text)
  )
    return;
  for (const { text: line, offset } of logicalLines(text)) {
    const starts = STARTS_DAEMON.test(line);
    if (!starts && !HOLDS_FLAGS.test(line)) continue;
    const flags = [...flagsIn(line)].flatMap((flag): DaemonFlag[] => {
      const key = NAMES[flag.name] ?? [flag.name, `${flag.name}s`].find(isDaemonKey);
      if (key === undefined || key === 'hosts' || flag.value === 'false') return [];
      return [{ key, value: valueOf(key, flag.value), offset: offset + flag.offset, length: flag.length }];
    });
    for (const match of line.matchAll(REMOTE)) {
      flags.push({ key: 'hosts', value: [match[1] ?? ''], offset: offset + match.index, length: match[0].length });
    }
    // Many daemons have their flags in a variable named OPTIONS.
    const sure =
      starts || /^\W*(?:\w{1,20}\W{1,4})?DOCKER_/.test(line) || flags.some(({ key }) => isDistinctDaemonKey(key));
    if (sure && flags.length > 0) yield flags;
  }
}

function valueOf(key: string, value: string): unknown {
  if (key !== 'log-opts') return value === '' ? true : value;
  const [name = '', option = ''] = value.split('=');
  return { [name]: option };
}
