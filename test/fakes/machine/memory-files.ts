import { posix } from 'node:path';

export type Entry = { readonly mode: number; readonly uid: number; readonly gid: number; readonly mtimeMs: number } & (
  | { readonly type: 'file'; readonly bytes: Buffer }
  | { readonly type: 'directory' | 'socket' }
  | { readonly type: 'symlink'; readonly target: string }
);

/** A file system in memory, links resolved as the kernel does it. What fails throws with the words of coreutils. */
export interface MemoryFiles {
  /** Where a path leads; undefined for a chain of links that leads nowhere. */
  resolve(path: string, followLast: boolean): string;
  entry(path: string, follow?: boolean): Entry | undefined;
  read(path: string): Buffer | undefined;
  text(path: string): string | undefined;
  /** Into the file that a link leads to; parents are made. Keeps owner and mode of what is there unless told otherwise. */
  write(path: string, content: string | Uint8Array, attributes?: Partial<Pick<Entry, 'mode' | 'uid' | 'gid'>>): void;
  append(path: string, text: string): void;
  link(path: string, target: string): void;
  socket(path: string): void;
  makeDirectory(path: string, mode?: number): void;
  /** False when there was nothing. */
  remove(path: string): boolean;
  removeTree(path: string): void;
  list(path: string): string[];
  entries(): readonly (readonly [string, Entry])[];
}

export function memoryFiles(now: () => number): MemoryFiles {
  const all = new Map<string, Entry>();
  const owner = { uid: 0, gid: 0 };
  const names = new Map<string, Set<string>>();
  const add = (path: string, entry: Entry): void => {
    if (!all.has(path)) {
      const siblings = names.get(posix.dirname(path)) ?? new Set();
      names.set(posix.dirname(path), siblings.add(posix.basename(path)));
    }
    all.set(path, entry);
    if (entry.type === 'symlink') links.add(path);
    else links.delete(path);
  };
  const drop = (path: string): boolean => {
    names.get(posix.dirname(path))?.delete(posix.basename(path));
    links.delete(path);
    return all.delete(path);
  };
  const directory = (mode: number): Entry => ({ type: 'directory', mode, ...owner, mtimeMs: now() });
  all.set('/', directory(0o755)); // the only one without a parent

  const links = new Set<string>();

  function isStraight(path: string): boolean {
    if (path.includes('//') || path.includes('/.') || path.endsWith('/')) return path === '/';
    for (const link of links) {
      if (path.startsWith(link) && (path.length === link.length || path[link.length] === '/')) return false;
    }
    return true;
  }

  function resolve(path: string, followLast: boolean): string {
    // Most paths are as short and as straight as they can be.
    if (isStraight(path)) return path;
    let current = '/';
    const parts = path.split('/').filter((part) => part !== '' && part !== '.');
    parts.forEach((part, index) => {
      current = posix.join(current, part);
      const entry = all.get(current);
      if (entry?.type === 'symlink' && (followLast || index < parts.length - 1)) {
        current = resolve(posix.resolve(posix.dirname(current), entry.target), true);
      }
    });
    return current;
  }

  function parents(path: string): void {
    const parent = posix.dirname(path);
    const entry = all.get(parent);
    if (entry !== undefined && entry.type !== 'directory') throw new Error(`${parent}: Not a directory`);
    if (entry !== undefined) return;
    parents(parent);
    add(parent, directory(0o755));
  }

  const list = (path: string): string[] => [...(names.get(resolve(path, true)) ?? [])].sort();

  const files: MemoryFiles = {
    resolve,
    list,
    entry: (path, follow = true) => all.get(resolve(path, follow)),
    read: (path) => {
      const entry = all.get(resolve(path, true));
      if (entry === undefined) return undefined;
      if (entry.type !== 'file') throw new Error(`${path}: Is a directory`);
      return entry.bytes;
    },
    text: (path) => files.read(path)?.toString('utf8'),
    write(path, content, attributes = {}) {
      const end = resolve(path, true);
      const before = all.get(end);
      if (before?.type === 'directory') throw new Error(`${path}: Is a directory`);
      parents(end);
      const bytes = Buffer.from(content);
      const { mode, uid, gid } = { mode: 0o644, ...owner, ...before, ...attributes };
      add(end, { type: 'file', bytes, mode, uid, gid, mtimeMs: now() });
    },
    append(path, text) {
      const before = files.read(path);
      files.write(
        path,
        Buffer.concat([before ?? Buffer.alloc(0), Buffer.from(text)]),
        before === undefined ? { mode: 0o600 } : {},
      );
    },
    link(path, target) {
      const at = resolve(path, false);
      if (all.get(at)?.type === 'directory') throw new Error(`${path}: is a directory`);
      parents(at);
      add(at, { type: 'symlink', target, mode: 0o777, ...owner, mtimeMs: now() });
    },
    socket(path) {
      const end = resolve(path, true);
      parents(end);
      add(end, { type: 'socket', mode: 0o660, ...owner, mtimeMs: now() });
    },
    makeDirectory(path, mode = 0o755) {
      const end = resolve(path, true);
      const before = all.get(end);
      if (before?.type === 'directory') return;
      if (before !== undefined) throw new Error(`${path}: File exists`);
      parents(end);
      add(end, directory(mode));
    },
    remove(path) {
      const at = resolve(path, false);
      const entry = all.get(at);
      if (entry === undefined) return false;
      if (entry.type === 'directory' && list(at).length > 0) throw new Error(`${path}: Directory not empty`);
      return drop(at);
    },
    removeTree(path) {
      const at = resolve(path, false);
      for (const key of [...all.keys()]) if (key === at || key.startsWith(`${at}/`)) drop(key);
    },
    entries: () => [...all].sort(([a], [b]) => (a < b ? -1 : 1)),
  };
  return files;
}
