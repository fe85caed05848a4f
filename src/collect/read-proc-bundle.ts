import type { ReadHost } from '../core/ports.js';
import type { FileRead } from './file-read.js';
import { missingPaths } from './missing-paths.js';
import { tryQuery } from './try-query.js';

const PROC_MODE = 0o444;

/** Many files of /proc in one command. They have no size to count by, so every line comes with the name of its file. */
export async function readProcBundle(
  host: ReadHost,
  paths: readonly string[],
): Promise<Map<string, Promise<FileRead | undefined>>> {
  const result = paths.length > 1 ? await tryQuery(host, ['grep', '-a', '-H', '', '--', ...paths]) : undefined;
  const lines = result?.stdout.replace(/\n$/, '').split('\n') ?? [];
  const missing = missingPaths(result?.stderr ?? '', paths);
  return new Map(
    paths.map((path) => {
      if (missing.includes(path)) return [path, Promise.resolve(undefined)];
      const own = lines.filter((line) => line.startsWith(`${path}:`)).map((line) => line.slice(path.length + 1));
      if (own.length === 0) return [path, alone(host, path)];
      const bytes = new TextEncoder().encode(own.join('\n'));
      return [path, Promise.resolve({ kind: 'file' as const, bytes, mode: PROC_MODE })];
    }),
  );
}

async function alone(host: ReadHost, path: string): Promise<FileRead | undefined> {
  const bytes = await host.readFile(path);
  return bytes === undefined ? undefined : { kind: 'file', bytes, mode: PROC_MODE };
}
