import { posix } from 'node:path';
import type { Entry, MemoryFiles } from '../machine/memory-files.js';
import type { Answer, Command } from './execute.js';

const BITS = { file: 0o100000, directory: 0o040000, socket: 0o140000, symlink: 0o120000 } as const;
const ENOENT = 'No such file or directory';

const operandsOf = (args: readonly string[]): readonly string[] => args.slice(args.indexOf('--') + 1);
const sizeOf = (path: string, entry: Entry): number =>
  path.startsWith('/proc/') ? 0 : entry.type === 'file' ? entry.bytes.length : 4096;

/** What is said of each path, and of each that is not there; 1 when one was not. */
function each(
  files: MemoryFiles,
  paths: readonly string[],
  missing: (path: string) => string,
  found: (path: string, entry: Entry) => string,
): Answer {
  let stdout = '';
  let stderr = '';
  for (const path of paths) {
    const entry = files.entry(path);
    if (entry === undefined) stderr += `${missing(path)}: ${ENOENT}\n`;
    else stdout += found(path, entry);
  }
  return { code: stderr === '' ? 0 : 1, stdout, stderr };
}

const textOf = (entry: Entry): string => (entry.type === 'file' ? entry.bytes.toString('utf8') : '');

export const fileCommands: Readonly<Record<string, Command>> = {
  stat({ files }, args) {
    if (args[0] === '-f') return { stdout: 'tmpfs\n' };
    return each(
      files,
      operandsOf(args),
      (path) => `stat: cannot statx '${path}'`,
      (path, entry) => {
        const bits = (BITS[entry.type] | entry.mode).toString(16);
        const text = (args[2] ?? '').replace('%f', bits).replace('%s', String(sizeOf(path, entry)));
        return `${text.replace('%n', path)}\n`;
      },
    );
  },
  cat: ({ files }, args) =>
    each(
      files,
      operandsOf(args),
      (path) => `cat: ${path}`,
      (_path, entry) => textOf(entry),
    ),
  grep: ({ files }, args) =>
    each(
      files,
      operandsOf(args),
      (path) => `grep: ${path}`,
      (path, entry) => {
        const text = textOf(entry).replace(/\n$/, '');
        return text === '' ? '' : text.split('\n').map((line) => `${path}:${line}\n`).join(''); // prettier-ignore
      },
    ),
  find({ files }, args) {
    if (args.includes('-delete')) {
      const paths = args.slice(0, args.indexOf('-maxdepth'));
      const missing = paths.filter((path) => files.entry(path, false) === undefined);
      for (const path of paths) if (files.entry(path, false)?.type === 'symlink') files.remove(path);
      const stderr = missing.map((path) => `find: '${path}': ${ENOENT}\n`).join('');
      return { code: missing.length === 0 ? 0 : 1, stderr };
    }
    if (args.includes('-newer')) {
      const paths = args.slice(1, args.indexOf('-maxdepth'));
      const than = files.entry(args.at(-1) ?? '');
      if (than === undefined) return { code: 1, stderr: `find: '${args.at(-1) ?? ''}': ${ENOENT}\n` };
      const newer = paths.filter((path) => (files.entry(path)?.mtimeMs ?? 0) > than.mtimeMs);
      return { stdout: newer.map((path) => `${path}\n`).join('') };
    }
    const starts = args.slice(0, args.indexOf('-mindepth'));
    return each(
      files,
      starts,
      (path) => `find: '${path}'`,
      (path) => files.list(path).map((name) => `${path}${name}\0`).join(''), // prettier-ignore
    );
  },
  rm({ files }, args) {
    for (const path of operandsOf(args)) files.removeTree(path);
    return {};
  },
  readlink: ({ files }, args) => ({ stdout: `${files.resolve(operandsOf(args)[0] ?? '', true)}\n` }),
  df({ files }, args) {
    const header = 'Type    1B-blocks       Avail Mounted on File\n';
    const answer = each(
      files,
      operandsOf(args),
      (path) => `df: ${path}`,
      (path) => `ext4 270553174016 76498083840 /          ${posix.normalize(path)}\n`,
    );
    return { ...answer, stdout: header + (answer.stdout ?? '') };
  },
};
