import type { TomlTable } from 'smol-toml';
import type { FileFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import { parseToml, stringAt, stringsAt } from '../text/toml-document.js';
import { isTable } from '../text/toml-writer.js';
import { crioNotice } from './crio-notice.js';

const MAIN = '/etc/containers/registries.conf';
const DROP_INS = /^\/etc\/containers\/registries\.conf\.d\/[^/]+\.conf$/;
const V1_KEYS = ['search', 'insecure', 'block'];
const V2_KEYS = ['registry', 'unqualified-search-registries', 'short-name-mode', 'credential-helpers', 'aliases'];

/** A file of containers/image, and what it says of registries. */
export interface RegistriesSource {
  readonly path: string;
  readonly search: readonly string[] | undefined;
  readonly shortNameMode: string | undefined;
  readonly registries: readonly TomlTable[];
  readonly aliases: Readonly<Record<string, string>>;
}

/** What is there but for the file that is going to be written, in the order in which it is read; a fault in one stops CRI-O. */
export function registriesSources(
  files: Readonly<Record<string, FileFacts>>,
  own: string,
): { readonly sources: readonly RegistriesSource[]; readonly notices: readonly Notice[] } {
  const dropIns = Object.keys(files).filter((path) => DROP_INS.test(path) && path !== own);
  const notices: Notice[] = [];
  const sources = [MAIN, ...dropIns.sort()].flatMap((path): RegistriesSource[] => {
    const file = files[path];
    if (file?.exists !== true || (!file.whole && file.sha256 === '')) return [];
    const parsed = parseToml(file.content);
    if (!file.whole || !parsed.ok) {
      const reason = parsed.ok ? 'it is no text, or too long' : `line ${parsed.line}: ${parsed.reason}`;
      notices.push(fault(path, `cannot be read: ${reason}`, 'mend it, and plan again'));
      return [];
    }
    const problem = problemOf(path, parsed.value);
    if (problem !== undefined) notices.push(problem);
    return [sourceOf(path, parsed.value)];
  });
  return { sources, notices };
}

function sourceOf(path: string, table: TomlTable): RegistriesSource {
  const v1 = v1Tables(table);
  const search = isTable(v1?.['search']) ? stringsAt(v1['search'], 'registries') : undefined;
  const registries = table['registry'];
  const aliases = table['aliases'];
  return {
    path,
    search: 'unqualified-search-registries' in table ? stringsAt(table, 'unqualified-search-registries') : search,
    shortNameMode: stringAt(table, 'short-name-mode'),
    registries: Array.isArray(registries) ? registries.filter((one): one is TomlTable => isTable(one)) : [],
    aliases: isTable(aliases)
      ? Object.fromEntries(
          Object.entries(aliases).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
        )
      : {},
  };
}

function v1Tables(table: TomlTable): TomlTable | undefined {
  const registries = table['registries'];
  return isTable(registries) && V1_KEYS.some((key) => key in registries) ? registries : undefined;
}

function problemOf(path: string, table: TomlTable): Notice | undefined {
  if (v1Tables(table) !== undefined) {
    const mixed = V2_KEYS.filter((key) => key in table);
    if (mixed.length > 0) {
      const message = `mixes the format of version 1 ([registries.…]) with ${mixed.join(', ')} of version 2`;
      return fault(path, message, 'write all of it in version 2, and plan again');
    }
    if (path === MAIN) {
      const message = `${path} is written in version 1, which CRI-O reads and later versions may not`;
      return crioNotice('warning', message, 'write it in version 2 before CRI-O is upgraded');
    }
    return fault(path, 'is written in version 1, which a drop-in may not be', 'write it in version 2, and plan again');
  }
  return contradiction(path, table);
}

/** Several entries of one location have to agree, in one file. */
function contradiction(path: string, table: TomlTable): Notice | undefined {
  const { registries } = sourceOf(path, table);
  for (const one of registries) {
    const location = locationOf(one);
    const other = registries.find((registry) => locationOf(registry) === location && !agree(one, registry));
    if (other === undefined) continue;
    const keys = ['insecure', 'blocked'].filter((key) => (one[key] ?? false) !== (other[key] ?? false));
    const message = `names the registry ${location} twice with ${keys.join(' and ')} set differently`;
    return fault(path, message, 'let both say the same, and plan again');
  }
  return undefined;
}

const locationOf = (registry: TomlTable): string =>
  (stringAt(registry, 'location') ?? stringAt(registry, 'prefix') ?? '').replace(/\/+$/, '');

const agree = (a: TomlTable, b: TomlTable): boolean =>
  ['insecure', 'blocked'].every((key) => (a[key] ?? false) === (b[key] ?? false));

const fault = (path: string, what: string, fix: string): Notice =>
  crioNotice('blocker', `${path} ${what}; CRI-O does not start with it`, fix);
