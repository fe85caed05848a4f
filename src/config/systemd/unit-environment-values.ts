import type { FileFacts } from '../../core/inventory.js';
import { parseEnvFile } from '../text/env-file.js';
import { unitWords } from '../text/unit-words.js';
import { sinceReset, type PlacedEntry } from './unit-entries.js';
import { globPattern } from '../text/glob-pattern.js';

export interface EnvironmentValue {
  readonly name: string;
  /** Decoded: without quotes, escapes, and the doubled percent signs of units. */
  readonly value: string;
  /** The unit's file, or the environment file. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

export interface UnitEnvironment {
  /** One for each variable, in the order in which they are first set. */
  readonly values: readonly EnvironmentValue[];
  /** Environment files that are named and were not read. */
  readonly unread: readonly string[];
}

/** The variables with which a service is started: those of its files, and over them those of the files that they name. */
export function unitEnvironmentValues(
  entries: readonly PlacedEntry[],
  files: Readonly<Record<string, FileFacts>>,
): UnitEnvironment {
  const values = new Map<string, EnvironmentValue>();
  const set = (value: EnvironmentValue): void => void values.set(value.name, value);
  for (const { value, path, line } of sinceReset(entries, 'Service', 'Environment')) {
    for (const word of unitWords(value)) {
      const [all, name = '', text = ''] = /^([A-Za-z_]\w*)=([^]*)$/.exec(word) ?? [];
      if (all !== undefined) set({ name, value: text.replaceAll('%%', '%'), path, line });
    }
  }
  const named = sinceReset(entries, 'Service', 'EnvironmentFile').map(({ value }) => value.replace(/^-/, ''));
  const unread: string[] = [];
  for (const pattern of named) {
    const paths = pathsOf(pattern, files);
    if (!PATTERN.test(pattern) && !(pattern in files)) unread.push(pattern);
    for (const path of paths) {
      // One that cannot be read is refused where dockerd's flags are taken from it.
      const parsed = parseEnvFile(files[path]?.content ?? '');
      for (const { name, value, line } of parsed.ok ? parsed.value : []) set({ name, value, path, line });
    }
  }
  for (const { value } of sinceReset(entries, 'Service', 'UnsetEnvironment')) {
    for (const word of unitWords(value)) values.delete(word);
  }
  return { values: [...values.values()], unread };
}

const PATTERN = /[*?[]/;

/** systemd takes patterns, and reads what they match in the order of names. */
function pathsOf(pattern: string, files: Readonly<Record<string, FileFacts>>): readonly string[] {
  const exists = (path: string): boolean => files[path]?.exists === true;
  if (!PATTERN.test(pattern)) return [pattern].filter(exists);
  // systemd writes a set that is not meant with an exclamation mark.
  const expression = globPattern(pattern.replaceAll('[!', '[^'));
  return Object.keys(files)
    .filter((path) => expression.test(path) && exists(path))
    .sort();
}
