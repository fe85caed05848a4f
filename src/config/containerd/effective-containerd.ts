import type { TomlTable, TomlValue } from 'smol-toml';
import { inSchema } from './containerd-schema.js';
import { settingName } from './containerd-wishes.js';
import { CRI_V2, IMAGES_V3, isCriPlugin, RUNTIME_V3, schemaOf, type Schema } from './cri-tables.js';
import { sameSetting } from './same-setting.js';
import { parseToml, stringsAt, tableAt } from '../text/toml-document.js';
import { tomlAt, tomlLeaves, type TomlPath } from '../text/toml-path.js';
import { tomlValue } from '../text/toml-text.js';

/** Plugins that may be written for Docker's sake; others are an administrator's, and may be of another build of containerd. */
const OURS = new Set([
  ...[CRI_V2, IMAGES_V3, RUNTIME_V3],
  ...['io.containerd.transfer.v1.local', 'io.containerd.nri.v1.nri', 'io.containerd.server.v1.metrics'],
]);

/**
 * Where the configuration containerd would run with, by its own `config dump`, differs from the file it was given: every
 * setting of the file must be there with its value.
 *
 * It is silent about what it does not use: keys with a typing error, whole sections of another version, and, in 1.x, all that
 * a drop-in replaces. One sentence per difference, without the values of secrets; none when all is as meant.
 */
export function containerdMismatches(dump: string, written: string): readonly string[] {
  const effective = parseToml(dump);
  if (!effective.ok) return [`containerd's config dump is no TOML: line ${effective.line}: ${effective.reason}`];
  const meant = parseToml(written);
  if (!meant.ok) return [`the configuration written is no TOML: line ${meant.line}: ${meant.reason}`];
  // A plugin that is disabled is not in the dump: one sentence says it all.
  const disabled = stringsAt(effective.value, 'disabled_plugins').filter(isCriPlugin);
  if (disabled.length > 0) return [`the CRI plugin is disabled (${disabled.join(', ')})`];
  return differences(effective.value, asDumped(meant.value, effective.value));
}

/** From 2.x on the dump is in containerd's newest version, whatever the file is of; 1.x reads no file otherwise than it is. */
function asDumped(meant: TomlTable, dump: TomlTable): TomlTable {
  const schema = schemaOf(dump);
  return schema > schemaOf(meant) && schema <= 4 ? inSchema(meant, schema as Schema) : meant;
}

function differences(found: TomlTable, meant: TomlTable): readonly string[] {
  return tomlLeaves(meant).flatMap(([path, value]): readonly string[] => {
    const [first, plugin = ''] = path;
    // The dump lists the files that were read.
    if (first === 'imports' || first === 'version') return [];
    if (first === 'plugins' && tableAt(found, 'plugins', plugin) === undefined && !OURS.has(plugin)) return [];
    const there = tomlAt(found, path);
    if (sameSetting(there, value)) return [];
    const name = settingName(path);
    if (isSecret(path, value) || isSecret(path, there)) {
      return [`${name} is ${there === undefined ? 'not set' : 'not what is meant'}`];
    }
    return [`${name} is ${text(there)}, meant is ${text(value)}`];
  });
}

const text = (value: TomlValue | undefined): string =>
  value === undefined || value === '' ? 'not set' : tomlValue(value, { keyQuote: '"' });

/** Credentials of registries, and whatever may be one: no sentence has their values. */
const isSecret = (path: TomlPath, value: TomlValue | undefined): boolean =>
  path.some((key) => /^(?:auths?|headers?|env)$|passw|secret|token|credential|(?:^|_)key$/i.test(key)) ||
  (value !== undefined && /:\/\/[^/"]*@/.test(text(value)));
