import { MigrateError } from '../core/errors.js';
import type { ReadHost } from '../core/ports.js';
import { bundled } from './bundled.js';
import { LARGE_FILE_BYTES, type FileRead } from './file-read.js';
import { listBundle } from './list-bundle.js';
import { readFileBundle } from './read-file-bundle.js';
import { readProcBundle } from './read-proc-bundle.js';

export interface FileReader {
  /** Undefined when there is no such file. */
  read(path: string): Promise<FileRead | undefined>;
  /** A text file that somebody is to parse. Errors: `input` for one that is no file or too long to be read whole. */
  text(path: string): Promise<string | undefined>;
  /** Names in a directory, sorted; empty when it does not exist. */
  list(dir: string): Promise<readonly string[]>;
}

/** Reads each file of a host once, and those that are asked for in the same turn with one bundle of commands. */
export function createFileReader(host: ReadHost): FileReader {
  const proc = bundled((paths) => readProcBundle(host, paths));
  const disk = bundled((paths) => readFileBundle(host, paths));
  const read = (path: string): Promise<FileRead | undefined> => (path.startsWith('/proc/') ? proc(path) : disk(path));
  return {
    read,
    list: bundled((dirs) => listBundle(host, dirs)),
    async text(path) {
      const file = await read(path);
      if (file === undefined) return undefined;
      if (file.kind === 'other') throw new MigrateError('input', `${path} on ${host.name} is not a file`);
      if (file.kind === 'large') {
        throw new MigrateError('input', `${path} on ${host.name} is longer than ${LARGE_FILE_BYTES} bytes`);
      }
      return new TextDecoder().decode(file.bytes);
    },
  };
}
