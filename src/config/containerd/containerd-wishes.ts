import type { TomlTable, TomlValue } from 'smol-toml';
import type { Notice } from '../../core/plan.js';
import { containerdNotice } from './containerd-notice.js';
import { setToml } from '../text/set-toml.js';
import { tomlEqual } from '../text/toml-equal.js';
import { tomlAt, type TomlPath } from '../text/toml-path.js';
import { tomlKey, tomlValue } from '../text/toml-text.js';

/** One setting that is meant. */
export interface Wish {
  readonly path: TomlPath;
  readonly value: TomlValue;
  /**
   * What an administrator set stays, unless it is one of these: they are containerd's own defaults, which are there where someone
   * wrote them out. Undefined: it has to be the value that is meant, whatever is there.
   */
  readonly defaults?: readonly TomlValue[];
}

/** The configuration with all that is wished for, and a warning for each wish that gives way. */
export function withWishes(
  config: TomlTable,
  wishes: readonly Wish[],
  file: string,
): { readonly config: TomlTable; readonly notices: readonly Notice[] } {
  let result = config;
  const notices: Notice[] = [];
  for (const { path, value, defaults } of wishes) {
    const old = tomlAt(result, path);
    if (tomlEqual(old, value)) continue;
    if (old === undefined || defaults === undefined || defaults.some((one) => tomlEqual(one, old))) {
      result = setToml(result, path, value);
      continue;
    }
    // Docker's default is no wish of anybody's.
    if (defaults.some((one) => tomlEqual(one, value))) continue;
    const message = `${file} has ${settingName(path)} = ${text(old)}, which stays; Docker's setting would make it ${text(value)}`;
    notices.push(containerdNotice('warning', message, `see which of the two is meant, and set it in ${file}`));
  }
  return { config: result, notices };
}

const STYLE = { keyQuote: '"' } as const;

const text = (value: TomlValue): string => tomlValue(value, STYLE);

/** `plugins."io.containerd.grpc.v1.cri".containerd.snapshotter`. */
export const settingName = (path: TomlPath): string => path.map((key) => tomlKey(key, STYLE)).join('.');
