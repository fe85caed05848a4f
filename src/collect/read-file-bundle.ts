import type { ReadHost } from '../core/ports.js';
import { LARGE_FILE_BYTES, type FileRead } from './file-read.js';
import { missingPaths } from './missing-paths.js';
import { readOneFile } from './read-one-file.js';
import { tryQuery } from './try-query.js';

const FILE_TYPE_BITS = 0o170000;
const REGULAR_FILE = 0o100000;
/** What decoders put in the place of bytes that are no UTF-8. */
const NOT_UTF8 = '\uFFFD';

interface Seen {
  readonly path: string;
  readonly mode: number;
  readonly sizeBytes: number;
  readonly regular: boolean;
}

/**
 * Many files in two commands instead of two each: all texts come one after the other, and the sizes say where one ends and
 * the next begins. What does not come out even is read alone: a file that grew meanwhile, one that is no UTF-8 (commands
 * answer in text), a failure other than "there is none".
 */
export async function readFileBundle(
  host: ReadHost,
  paths: readonly string[],
): Promise<Map<string, Promise<FileRead | undefined>>> {
  const found = new Map<string, Promise<FileRead | undefined>>();
  const seen = await stats(host, paths);
  const small = seen.files.filter(({ regular, sizeBytes }) => regular && sizeBytes <= LARGE_FILE_BYTES);
  for (const path of seen.unclear) found.set(path, heardLater(readOneFile(host, path)));
  for (const path of seen.missing) found.set(path, Promise.resolve(undefined));
  for (const { path, mode, regular } of seen.files) {
    if (!regular) found.set(path, Promise.resolve({ kind: 'other', mode }));
    else if (!small.some((file) => file.path === path)) found.set(path, heardLater(large(host, path, mode)));
  }
  const read = await Promise.all(groups(small).map((group) => readGroup(host, group)));
  for (const [path, file] of read.flat()) found.set(path, file);
  return found;
}

/** Halves a group that does not come out even, until the file that spoils it is alone. */
async function readGroup(
  host: ReadHost,
  group: readonly Seen[],
): Promise<(readonly [path: string, Promise<FileRead | undefined>])[]> {
  const contents = await bytesOf(host, group);
  if (contents !== undefined) {
    return group.map(({ path, mode }, index) => {
      const bytes = contents[index] ?? new Uint8Array();
      return [path, Promise.resolve({ kind: 'file', bytes, mode })] as const;
    });
  }
  const [only] = group;
  if (group.length <= 1) return only === undefined ? [] : [[only.path, heardLater(readOneFile(host, only.path))]];
  const middle = Math.ceil(group.length / 2);
  const halves = await Promise.all([group.slice(0, middle), group.slice(middle)].map((half) => readGroup(host, half)));
  return halves.flat();
}

/** Whoever asked for the file gets the error, perhaps after others were read. */
function heardLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

async function stats(host: ReadHost, paths: readonly string[]) {
  const argv = ['stat', '-L', '-c', '%f %s %n', '--', ...paths];
  const result = await tryQuery(host, argv);
  const files: Seen[] = [];
  for (const line of result?.stdout.split('\n') ?? []) {
    const [, mode = '', size = '', path = ''] = /^([0-9a-f]+) (\d+) (.+)$/.exec(line) ?? [];
    if (!paths.includes(path)) continue;
    const bits = Number.parseInt(mode, 16);
    files.push({
      path,
      mode: bits & 0o7777,
      sizeBytes: Number(size),
      regular: (bits & FILE_TYPE_BITS) === REGULAR_FILE,
    });
  }
  const rest = paths.filter((path) => !files.some((file) => file.path === path));
  const missing = missingPaths(result?.stderr ?? '', rest);
  return { files, missing, unclear: rest.filter((path) => !missing.includes(path)) };
}

/** Groups whose contents fit into one answer. */
function groups(files: readonly Seen[]): Seen[][] {
  const all: Seen[][] = [];
  let room = 0;
  for (const file of files) {
    if (file.sizeBytes > room || all.length === 0) {
      all.push([]);
      room = LARGE_FILE_BYTES;
    }
    all.at(-1)?.push(file);
    room -= file.sizeBytes;
  }
  return all;
}

async function bytesOf(host: ReadHost, files: readonly Seen[]): Promise<Uint8Array[] | undefined> {
  const result = await tryQuery(host, ['cat', '--', ...files.map(({ path }) => path)]);
  if (result === undefined || result.code !== 0 || result.stdout.includes(NOT_UTF8)) return undefined;
  const all = new TextEncoder().encode(result.stdout);
  let offset = 0;
  const slices = files.map(({ sizeBytes }) => all.subarray(offset, (offset += sizeBytes)));
  return offset === all.length ? slices : undefined;
}

async function large(host: ReadHost, path: string, mode: number): Promise<FileRead | undefined> {
  const sum = await tryQuery(host, ['sha256sum', '--', path]);
  const size = await tryQuery(host, ['stat', '-L', '-c', '%s', '--', path]);
  const sha256 = /^\\?([0-9a-f]{64}) /.exec(sum?.stdout ?? '')?.[1];
  if (sha256 === undefined || size?.code !== 0) return readOneFile(host, path);
  return { kind: 'large', sizeBytes: Number(size.stdout), sha256, mode };
}
