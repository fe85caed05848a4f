import type { TomlTable } from 'smol-toml';
import type { FileFacts } from '../../core/inventory.js';
import { containerdCri } from './containerd-cri.js';
import { importProblems } from './containerd-imports.js';
import { V1_PLUGINS } from './containerd-v1-plugins.js';
import { criPlugins, isCriPlugin, schemaOf } from './cri-tables.js';
import { parseToml, stringsAt, tableAt, withoutKeys } from '../text/toml-document.js';
import { writeToml } from '../text/toml-writer.js';
import { parseVersion, type Version } from '../version.js';

export interface ContainerdMeant {
  /** Of the containerd that is installed: its schema follows from it, never from the distribution. */
  readonly version: string;
  readonly path: string;
  readonly cgroupDriver: 'cgroupfs' | 'systemd';
  readonly sandboxImage: string;
  readonly snapshotter: string;
  readonly defaultRuntime: string;
  readonly cniConfDir: string;
  readonly cniBinDirs: readonly string[];
}

export interface ConfigProblem {
  readonly level: 'blocker' | 'undecided' | 'warning';
  readonly message: string;
  readonly fix: string;
}

export interface ContainerdConfig {
  /** Undefined with a blocker. */
  readonly content: string | undefined;
  readonly problems: readonly ConfigProblem[];
}

/** The whole `config.toml`: what the CRI needs, and what an administrator wrote in the one that is there now. */
export function containerdConfig(
  meant: ContainerdMeant,
  existing: string | undefined,
  files: Readonly<Record<string, FileFacts>>,
): ContainerdConfig {
  const { path } = meant;
  const version = parseVersion(meant.version);
  if (version === undefined || version.major < 1 || version.major > 2) {
    return refused(`containerd's version reads "${meant.version}"`, 'see what `containerd --version` says on the node');
  }
  const parsed = parseToml(existing ?? '');
  if (!parsed.ok)
    return refused(
      `${path} cannot be read: line ${parsed.line}: ${parsed.reason}`,
      `mend line ${parsed.line} and plan again`,
    );
  const schema = version.major === 1 ? 2 : 3;
  const old = parsed.value;
  if (schemaOf(old) > 3) {
    return refused(
      `${path} is of version ${schemaOf(old)}, which cannot be carried over yet`,
      'write it in version 3, which every containerd 2 reads, and plan again',
    );
  }

  const others = otherPlugins(old, path);
  const cri = containerdCri(meant, version, criPlugins(old, schema));
  const config: TomlTable = {
    ...rootSettings(old, others.disabled),
    version: BigInt(schema),
    plugins: { ...others.plugins, ...cri.plugins },
  };
  const problems = [
    ...others.problems,
    ...ignoredSections(old, version, path),
    ...cri.problems,
    ...importProblems(path, config, schema, files),
  ];
  const blocked = problems.some(({ level }) => level === 'blocker');
  return { content: blocked ? undefined : writeToml(config, { keyQuote: schema === 2 ? '"' : "'" }), problems };
}

/** All but what is set anew; `disabled_plugins` without the CRI, which is how Docker's packages ship it. */
function rootSettings(old: TomlTable, disabled: readonly string[]): TomlTable {
  const rest = withoutKeys(old, 'plugins', 'disabled_plugins');
  return disabled.length > 0 ? { ...rest, disabled_plugins: [...disabled] } : rest;
}

/** Plugins that are not the CRI's, by their full names. */
function otherPlugins(
  old: TomlTable,
  path: string,
): { plugins: TomlTable; disabled: string[]; problems: ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  const fullName = (name: string): string => {
    const full = schemaOf(old) > 1 || name.includes('.') ? name : V1_PLUGINS[name];
    if (full === undefined) {
      const message = `${path} is of version 1 and names the plugin ${name}, whose name in version 2 is not known`;
      problems.push({
        level: 'blocker',
        message,
        fix: `take ${name} out, or write the file in version 2, and plan again`,
      });
    }
    return full ?? name;
  };
  const entries = Object.entries(tableAt(old, 'plugins') ?? {}).filter(([id]) => !isCriPlugin(id));
  const disabled = stringsAt(old, 'disabled_plugins').filter((id) => !isCriPlugin(id));
  return {
    plugins: Object.fromEntries(entries.map(([id, value]) => [fullName(id), value])),
    disabled: disabled.map(fullName),
    problems,
  };
}

/** containerd 1.x loads a file of version 3 without a word, and none of its CRI sections. */
function ignoredSections(old: TomlTable, version: Version, path: string): ConfigProblem[] {
  if (version.major > 1 || schemaOf(old) < 3) return [];
  const message = `${path} is of version 3, of which this containerd ${version.major}.${version.minor} ignores the CRI settings; they are left out`;
  return [{ level: 'warning', message, fix: 'see in the diff whether one of them is needed' }];
}

const refused = (message: string, fix: string): ContainerdConfig => ({
  content: undefined,
  problems: [{ level: 'blocker', message, fix }],
});
