import { kinds } from '../../config/settings/setting-kinds.js';
import { settingRules } from '../../config/settings/index.js';
import type { AnySettingRule } from '../../config/settings/setting-rule.js';
import type { TextView } from '../../manifests/views.js';
import { isDistinctDaemonKey } from './daemon-key.js';
import { flagsIn, type FlagMatch } from './flags-in.js';
import { logicalLines } from './logical-lines.js';

export interface DaemonFlag {
  readonly key: string;
  readonly value: unknown;
  readonly offset: number;
  readonly length: number;
}

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
      const rule = settingRules.find(({ flags: names }) => names.includes(flag.name));
      if (rule === undefined || rule.key === 'hosts' || flag.value === 'false') return [];
      return [{ key: rule.key, value: valueOf(rule, flag), offset: offset + flag.offset, length: flag.length }];
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

/** As daemon.json would have it. A word after a flag that stands alone belongs to something else. */
function valueOf({ key, fromFlags }: AnySettingRule, { name, value }: FlagMatch): unknown {
  if (fromFlags === kinds.boolean.fromFlags) return true;
  return fromFlags?.([key === 'proxies' ? `${name}=${value}` : value]);
}
