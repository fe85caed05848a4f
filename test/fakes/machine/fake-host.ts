import { MigrateError, messageOf } from '../../../src/core/errors.js';
import type { FileStat, Host } from '../../../src/core/ports.js';
import { requireReading } from '../../../src/hosts/require-reading.js';
import type { Entry } from './memory-files.js';
import type { Machine } from './machine.js';

/** The machine as the host port has it. */
export function fakeHost(machine: Machine): Host {
  const { files, name } = machine;
  const attempt = <T>(what: string, work: () => T): Promise<T> => {
    try {
      return Promise.resolve(work());
    } catch (error) {
      return Promise.reject(new MigrateError('failed', `${name}: cannot ${what}: ${messageOf(error)}`));
    }
  };
  const run: Host['run'] = (argv, options) => machine.exec(argv, options);
  return {
    name,
    via: 'ssh',
    query: async (argv, options) => {
      requireReading(argv);
      return run(argv, options);
    },
    run,
    readFile: (path) =>
      attempt(`read ${path}`, () => {
        const bytes = files.read(path);
        return bytes === undefined ? undefined : new Uint8Array(bytes);
      }),
    stat: (path) =>
      attempt(`look at ${path}`, () => {
        const entry = files.entry(path, false);
        return entry === undefined ? undefined : statOf(entry);
      }),
    list: (path) => attempt(`list ${path}`, () => files.list(path)),
    dial: (path) =>
      files.entry(path)?.type === 'socket'
        ? Promise.resolve({ path, close: () => Promise.resolve() })
        : Promise.reject(new MigrateError('unreachable', `${name} has no socket ${path}`)),
    writeFile: (path, content, attributes) =>
      attempt(`write ${path}`, () => files.write(path, content, { uid: 0, gid: 0, ...attributes })),
    appendFile: (path, text) => attempt(`append to ${path}`, () => files.append(path, text)),
    createExclusive: (path, content) => {
      if (files.entry(path, false) !== undefined) {
        return Promise.reject(new MigrateError('blocked', `${path} is on ${name} already`));
      }
      return attempt(`create ${path}`, () => files.write(path, content, { mode: 0o600 }));
    },
    makeDirectory: (path, mode) => attempt(`make ${path}`, () => files.makeDirectory(path, mode)),
    remove: (path) => attempt(`remove ${path}`, () => void files.remove(path)),
    makeLink: (path, target) => attempt(`link ${path}`, () => files.link(path, target)),
  };
}

function statOf(entry: Entry): FileStat {
  const { mode, uid, gid } = entry;
  switch (entry.type) {
    case 'file':
      return { type: 'file', mode, uid, gid, sizeBytes: entry.bytes.length };
    case 'symlink':
      return { type: 'symlink', mode, uid, gid, sizeBytes: entry.target.length, linkTarget: entry.target };
    case 'directory':
    case 'socket':
      return { type: entry.type, mode, uid, gid, sizeBytes: 4096 };
  }
}
