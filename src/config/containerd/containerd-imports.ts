import type { TomlTable } from 'smol-toml';
import type { FileFacts } from '../../core/inventory.js';
import { criPlugins, isCriPlugin } from './cri-tables.js';
import { criSettings } from './cri-settings.js';
import type { ConfigProblem } from './containerd-config.js';
import { mergeTables, parseToml, stringsAt, tableAt } from '../text/toml-document.js';

/** What the drop-ins of a containerd configuration do to one that is about to be written; `schema` is the new one's. */
export function importProblems(
  configPath: string,
  config: TomlTable,
  schema: 2 | 3,
  files: Readonly<Record<string, FileFacts>>,
): readonly ConfigProblem[] {
  return stringsAt(config, 'imports').flatMap((pattern): readonly ConfigProblem[] => {
    const absolute = pattern.startsWith('/')
      ? pattern
      : `${configPath.slice(0, configPath.lastIndexOf('/'))}/${pattern}`;
    const matching = Object.keys(files).filter((path) => path !== configPath && globPattern(absolute).test(path));
    // Of a pattern all files were read; a path that is none of them names a file nobody looked at.
    if (matching.length === 0 && !/[*?[]/.test(pattern)) {
      const message = `${configPath} imports ${absolute}, which was not read; CRI settings in it would hide the new ones`;
      return [{ level: 'warning', message, fix: `look into ${absolute}, or take the import out` }];
    }
    return matching.flatMap((path) => problemsOf(path, files[path], config, schema));
  });
}

function problemsOf(path: string, file: FileFacts | undefined, config: TomlTable, schema: 2 | 3): ConfigProblem[] {
  if (file?.exists !== true) return [];
  const parsed = parseToml(file.content);
  if (!parsed.ok) {
    const message = `${path}, a drop-in of containerd, cannot be read: line ${parsed.line}: ${parsed.reason}`;
    return [{ level: 'blocker', message, fix: `mend line ${parsed.line} and plan again` }];
  }
  const disabled = stringsAt(parsed.value, 'disabled_plugins').filter(isCriPlugin);
  if (disabled.length > 0) {
    const message = `${path} disables the CRI plugin (${disabled.join(', ')}), which no other file can take back`;
    return [{ level: 'blocker', message, fix: `take ${disabled.join(', ')} out of disabled_plugins there` }];
  }
  const cri = criPlugins(parsed.value, schema);
  if (Object.keys(cri).length === 0) return [];
  if (schema === 2) {
    // 1.x does not merge: the drop-in's section replaces the whole of the root file's, defaults included.
    const message = `${path} holds settings of the CRI plugin, and containerd 1.x would use them in place of all that is to be written`;
    return [
      {
        level: 'blocker',
        message,
        fix: `move its CRI section into the main file, or ${path} out of the way, and plan again`,
      },
    ];
  }
  const merged = criSettings({ ...config, plugins: mergeTables(tableAt(config, 'plugins') ?? {}, cri) });
  const unchanged = JSON.stringify(merged) === JSON.stringify(criSettings(config));
  if (unchanged) return [];
  const message = `${path} changes CRI settings that are to be written (cgroup driver, sandbox image, CNI directories and the like)`;
  return [{ level: 'blocker', message, fix: `take them out of ${path} and plan again` }];
}

/** Go's `filepath.Glob`: a star stays within its directory. */
function globPattern(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return /^(?!)/;
  }
}
