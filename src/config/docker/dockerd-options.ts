import { kinds } from '../settings/setting-kinds.js';
import { settingRules } from '../settings/index.js';
import type { AnySettingRule } from '../settings/setting-rule.js';
import type { CommandWord } from './docker-command.js';
import type { DockerSetting } from './docker-setting.js';

export interface DockerdOptions {
  readonly settings: readonly DockerSetting[];
  /** `--config-file`. */
  readonly configFile: string | undefined;
  /** Words that belong to no flag, which dockerd does not take. */
  readonly strangers: readonly CommandWord[];
}

/** Say how dockerd is started, and nothing on containers. */
const OF_THE_COMMAND: ReadonlySet<string> = new Set(['config-file', 'validate', 'help', 'h', 'version', 'v']);
const ALONE: ReadonlySet<string> = new Set(['validate', 'help', 'h', 'version', 'v']);

interface Flag {
  readonly name: string;
  readonly value: string;
  readonly word: CommandWord;
}

/** The flags of dockerd, by the keys of daemon.json and with the values that it would have there. */
export function dockerdOptions(words: readonly CommandWord[]): DockerdOptions {
  const { flags, strangers } = grouped(words);
  const byKey = new Map<string, Flag[]>();
  for (const flag of flags) {
    if (OF_THE_COMMAND.has(flag.name)) continue;
    const key = ruleOf(flag.name)?.key ?? flag.name;
    byKey.set(key, [...(byKey.get(key) ?? []), flag]);
  }
  return {
    settings: [...byKey].map(([key, given]) => settingOf(key, given)),
    configFile: flags.findLast(({ name }) => name === 'config-file')?.value,
    strangers,
  };
}

const ruleOf = (flag: string): AnySettingRule | undefined => settingRules.find(({ flags }) => flags.includes(flag));

function settingOf(key: string, flags: readonly Flag[]): DockerSetting {
  const { source, line } = flags.at(-1)?.word ?? { source: '', line: 1 };
  const fromFlags = settingRules.find((rule) => rule.key === key)?.fromFlags;
  // Three flags make up this one, which tells them apart by their names.
  const values = flags.map(({ name, value }) => (key === 'proxies' ? `${name}=${value}` : value));
  return { source, line, key, value: fromFlags?.(values) ?? (values.length === 1 ? values[0] : values) };
}

/** As pflag does: `--k=v`, `--k v`, `-k v`, `-kv`, `-k=v`, booleans alone or with `=`, short ones in one word. */
function grouped(words: readonly CommandWord[]): { flags: readonly Flag[]; strangers: readonly CommandWord[] } {
  const flags: Flag[] = [];
  const strangers: CommandWord[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) break;
    const next = words[at + 1];
    const long = /^--([A-Za-z][^=]*)(?:=([^]*))?$/.exec(word.value);
    if (long !== null) {
      const [, name = '', value] = long;
      if (value !== undefined || standsAlone(name, next)) flags.push({ name, value: value ?? 'true', word });
      else {
        flags.push({ name, value: next?.value ?? '', word });
        at += 1;
      }
      continue;
    }
    if (!/^-[A-Za-z]/.test(word.value)) {
      strangers.push(word);
      continue;
    }
    for (let letters = word.value.slice(1); letters !== '';) {
      const name = letters.charAt(0);
      letters = letters.slice(1);
      const written = letters.startsWith('=') ? letters.slice(1) : undefined;
      if (written === undefined && standsAlone(name, undefined)) {
        flags.push({ name, value: 'true', word });
        continue;
      }
      flags.push({ name, value: written ?? (letters === '' ? (next?.value ?? '') : letters), word });
      if (letters === '') at += 1;
      letters = '';
    }
  }
  return { flags, strangers };
}

/** A boolean takes no word after it; of a flag that no rule knows, one that looks like no flag is taken for its value. */
function standsAlone(name: string, next: CommandWord | undefined): boolean {
  if (ALONE.has(name)) return true;
  const rule = ruleOf(name);
  if (rule !== undefined) return rule.fromFlags === kinds.boolean.fromFlags;
  return name !== 'config-file' && (next === undefined || next.value.startsWith('-'));
}
