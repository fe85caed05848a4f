import type { TomlTable } from 'smol-toml';
import type { CrioFacts, FileFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import { mergeTables, parseToml, tableAt } from '../text/toml-document.js';
import { crioNotice } from './crio-notice.js';

/** A file that CRI-O reads as configuration. */
export interface CrioSource {
  readonly path: string;
  readonly table: TomlTable;
}

/** CRI-O's configuration but for one file, in the order in which CRI-O reads it. */
export interface CrioSources {
  readonly before: readonly CrioSource[];
  readonly after: readonly CrioSource[];
  /** All of them as CRI-O lays them on each other. */
  readonly merged: TomlTable;
  readonly notices: readonly Notice[];
}

/**
 * Reads CRI-O's main file and every file below its directory of drop-ins, whatever the name: CRI-O asks for no ending. What
 * does not parse keeps CRI-O from starting. `own` is the drop-in that is going to be written.
 */
export function crioSources(
  { configPath, configDir }: Pick<CrioFacts, 'configPath' | 'configDir'>,
  files: Readonly<Record<string, FileFacts>>,
  own: readonly string[],
): CrioSources {
  const dropIns = Object.keys(files)
    .filter((path) => path.startsWith(`${configDir}/`) && !own.includes(path))
    .sort(inWalkOrder);
  const notices: Notice[] = [];
  const sources = [configPath, ...dropIns].flatMap((path): CrioSource[] => {
    const file = files[path];
    if (file?.exists !== true || isNoRegularFile(file)) return [];
    if (!file.whole) {
      notices.push(unreadable(path, 'it is no text, or too long to be a configuration', path !== configPath));
      return [];
    }
    const parsed = parseToml(file.content);
    if (parsed.ok) return [{ path, table: parsed.value }];
    notices.push(unreadable(path, `line ${parsed.line}: ${parsed.reason}`, path !== configPath));
    return [];
  });
  const [first = ''] = own;
  const before = sources.filter(({ path }) => path === configPath || inWalkOrder(path, first) < 0);
  const after = sources.filter((source) => !before.includes(source));
  return { before, after, merged: mergeSources(sources), notices };
}

/** A handler's table replaces the one of that name; all else is laid on key by key. */
function mergeSources(sources: readonly CrioSource[]): TomlTable {
  let merged: TomlTable = {};
  for (const { table } of sources) {
    const handlers = {
      ...(tableAt(merged, 'crio', 'runtime', 'runtimes') ?? {}),
      ...(tableAt(table, 'crio', 'runtime', 'runtimes') ?? {}),
    };
    merged = mergeTables(merged, table);
    const runtime = tableAt(merged, 'crio', 'runtime');
    if (runtime !== undefined && Object.keys(handlers).length > 0) runtime['runtimes'] = handlers;
  }
  return merged;
}

/** As Go's `filepath.Walk` goes: names of one directory after the other, each by its bytes. */
function inWalkOrder(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const [one = '', other = ''] = [left[at], right[at]];
    if (one !== other) return one < other ? -1 : 1;
  }
  return left.length - right.length;
}

/** A directory's facts have no digest. */
const isNoRegularFile = ({ sha256, whole }: FileFacts): boolean => sha256 === '' && !whole;

const unreadable = (path: string, reason: string, isDropIn: boolean): Notice =>
  crioNotice(
    'blocker',
    `${path} cannot be read: ${reason}; CRI-O does not start with it`,
    isDropIn
      ? `mend it, or move it to another directory if it is a backup: CRI-O reads every file there, whatever its name`
      : 'mend it, and plan again',
  );
