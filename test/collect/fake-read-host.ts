import { posix } from 'node:path';
import { MigrateError } from '../../src/core/errors.js';
import type { ExecResult, FileStat, ReadHost } from '../../src/core/ports.js';

export interface FakeHostInput {
  readonly name?: string;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly modes?: Readonly<Record<string, number>>;
  readonly links?: Readonly<Record<string, string>>;
  readonly sockets?: readonly string[];
  /** Directories without anything in them. */
  readonly emptyDirs?: readonly string[];
  /** Neither stat nor read lets anybody at these. */
  readonly forbidden?: readonly string[];
  /** By the words of the command, or the first of them. */
  readonly answers?: Readonly<Record<string, string | Partial<ExecResult>>>;
  /** Commands that the host does not have; all that are neither here nor in `answers` nor about files are missing too. */
  readonly without?: readonly string[];
}

export interface FakeHost extends ReadHost {
  /** Every call of the port, as `query cat -- /etc/hosts`. */
  readonly calls: string[];
  readonly queries: (readonly string[])[];
}

const ENOENT = 'No such file or directory';
const TYPES = { file: 0o100000, directory: 0o040000, socket: 0o140000 } as const;

/** A host in memory: files, links and sockets answer through the port and through stat, cat, grep and find alike. */
export function fakeReadHost(input: FakeHostInput): FakeHost {
  const { name = 'w9', links = {}, sockets = [], emptyDirs = [], forbidden = [], answers = {}, without = [] } = input;
  const files = new Map(
    Object.entries(input.files ?? {}).map(([path, content]) => [path, Buffer.from(content)] as const),
  );
  const calls: string[] = [];
  const queries: (readonly string[])[] = [];
  const everything = [...files.keys(), ...Object.keys(links), ...sockets, ...emptyDirs, ...forbidden];

  /** Links in the middle of a path are followed too, as the kernel does. */
  function resolved(path: string, followLast: boolean): string {
    const parts = path.split('/').filter((part) => part !== '');
    let current = '/';
    parts.forEach((part, index) => {
      current = posix.join(current, part);
      const target = links[current];
      if (target !== undefined && (followLast || index < parts.length - 1)) {
        current = resolved(posix.resolve(posix.dirname(current), target), true);
      }
    });
    return current;
  }

  function typeOf(path: string): 'file' | 'directory' | 'socket' | 'symlink' | undefined {
    if (links[path] !== undefined) return 'symlink';
    if (files.has(path)) return 'file';
    if (sockets.includes(path)) return 'socket';
    const isDirectory = emptyDirs.includes(path) || everything.some((other) => other.startsWith(`${path}/`));
    return isDirectory || path === '/' ? 'directory' : undefined;
  }

  const sizeOf = (path: string): number => (path.startsWith('/proc/') ? 0 : (files.get(path)?.length ?? 4096));
  const modeOf = (path: string): number => input.modes?.[path] ?? (typeOf(path) === 'directory' ? 0o755 : 0o644);

  function entriesOf(dir: string): string[] {
    const start = `${resolved(dir, true)}/`.replace('//', '/');
    const below = everything.filter((path) => path.startsWith(start)).map((path) => path.slice(start.length));
    return [...new Set(below.map((path) => path.split('/')[0] ?? ''))].filter((entry) => entry !== '').sort();
  }

  function refuse(path: string): void {
    if (forbidden.includes(path)) throw new MigrateError('failed', `${name}: cannot read ${path}: Permission denied`);
  }

  function aboutFiles(program: string, args: readonly string[]): ExecResult | undefined {
    const operands = args.includes('--') ? args.slice(args.indexOf('--') + 1) : [];
    let stdout = '';
    let stderr = '';
    const each = (
      paths: readonly string[],
      missing: (path: string, why: string) => string,
      found: (path: string) => string,
    ): void => {
      for (const path of paths) {
        const end = resolved(path, true);
        if (forbidden.includes(end)) stderr += missing(path, 'Permission denied');
        else if (typeOf(end) === undefined) stderr += missing(path, ENOENT);
        else stdout += found(path);
      }
    };
    if (program === 'stat' && args[0] === '-L') {
      const format = args[2] ?? '';
      each(
        operands,
        (path, why) => `stat: cannot statx '${path}': ${why}\n`,
        (path) => {
          const end = resolved(path, true);
          const type = typeOf(end);
          const bits = (type === undefined || type === 'symlink' ? 0 : TYPES[type]) | modeOf(end);
          const text = format
            .replace('%f', bits.toString(16))
            .replace('%s', String(sizeOf(end)))
            .replace('%n', path);
          return `${text}\n`;
        },
      );
    } else if (program === 'cat') {
      each(
        operands,
        (path, why) => `cat: ${path}: ${why}\n`,
        (path) => `${files.get(resolved(path, true))?.toString('utf8') ?? ''}`,
      );
    } else if (program === 'grep') {
      each(
        operands,
        (path, why) => `grep: ${path}: ${why}\n`,
        (path) => {
          const text = files.get(resolved(path, true))?.toString('utf8') ?? '';
          return text === ''
            ? ''
            : text
                .replace(/\n$/, '')
                .split('\n')
                .map((line) => `${path}:${line}\n`)
                .join('');
        },
      );
    } else if (program === 'find') {
      const dirs = args.slice(0, args.indexOf('-mindepth')).map((dir) => dir.replace(/\/$/, ''));
      each(
        dirs,
        (dir, why) => `find: '${dir}/': ${why}\n`,
        (dir) =>
          entriesOf(dir)
            .map((entry) => `${dir}/${entry}\0`)
            .join(''),
      );
    } else return undefined;
    return { code: stderr === '' ? 0 : 1, stdout, stderr };
  }

  function run(argv: readonly string[]): ExecResult {
    calls.push(`query ${argv.join(' ')}`);
    queries.push(argv);
    const [program = '', ...args] = argv;
    const missing = { code: 127, stdout: '', stderr: `sh: ${program}: not found` };
    if (without.includes(program)) return missing;
    const key = Object.keys(answers)
      .filter((words) => `${argv.join(' ')} `.startsWith(`${words} `))
      .sort((a, b) => b.length - a.length)[0];
    const answer = key === undefined ? undefined : answers[key];
    if (typeof answer === 'string') return { code: 0, stdout: answer, stderr: '' };
    if (answer !== undefined) return { code: 0, stdout: '', stderr: '', ...answer };
    return aboutFiles(program, args) ?? missing;
  }

  function readFile(path: string): Uint8Array | undefined {
    calls.push(`readFile ${path}`);
    refuse(resolved(path, true));
    const bytes = files.get(resolved(path, true));
    return bytes === undefined ? undefined : new Uint8Array(bytes);
  }

  function stat(path: string): FileStat | undefined {
    calls.push(`stat ${path}`);
    const at = resolved(path, false);
    refuse(at);
    const type = typeOf(at);
    if (type === undefined) return undefined;
    const found: FileStat = { type, mode: modeOf(at), uid: 0, gid: 0, sizeBytes: sizeOf(at) };
    return links[at] === undefined ? found : { ...found, linkTarget: links[at] };
  }

  function list(path: string): readonly string[] {
    calls.push(`list ${path}`);
    refuse(resolved(path, true));
    return entriesOf(path);
  }

  return {
    name,
    via: 'ssh',
    calls,
    queries,
    query: later(run),
    readFile: later(readFile),
    stat: later(stat),
    list: later(list),
    dial: () => Promise.reject(new MigrateError('bug', 'Nobody dials a fake host.')),
  };
}

/** What a function throws is a promise's rejection, as from a real host. */
const later =
  <A, T>(answer: (question: A) => T) =>
  (question: A): Promise<T> =>
    new Promise((resolve) => resolve(answer(question)));
