import type { ReadHost } from '../core/ports.js';
import { missingPaths } from './missing-paths.js';
import { tryQuery } from './try-query.js';

/** The names in many directories by one command, sorted; none for a directory that does not exist. */
export async function listBundle(
  host: ReadHost,
  dirs: readonly string[],
): Promise<Map<string, Promise<readonly string[]>>> {
  // With the slash find follows a link to a directory, and refuses a file.
  const starts = dirs.map((dir) => `${dir}/`);
  const argv = ['find', ...starts, '-mindepth', '1', '-maxdepth', '1', '-print0'];
  const result = dirs.length > 1 ? await tryQuery(host, argv) : undefined;
  const missing = missingPaths(result?.stderr ?? '', starts);
  const reasons = (result?.stderr ?? '').split('\n').filter((line) => line !== '');
  // No other failure than that some do not exist: those without a name in the answer are empty.
  const whole = result !== undefined && reasons.length === missing.length;
  const entries = result?.stdout.split('\0') ?? [];
  return new Map(
    dirs.map((dir, index) => {
      const start = starts[index] ?? '';
      const names = entries
        .filter((entry) => entry.startsWith(start) && !entry.slice(start.length).includes('/'))
        .map((entry) => entry.slice(start.length));
      if (names.length > 0 || missing.includes(start) || whole) return [dir, Promise.resolve(names.sort())];
      const alone = host.list(dir);
      alone.catch(() => undefined); // whoever asked gets the error, perhaps later
      return [dir, alone];
    }),
  );
}
