/**
 * Which of the paths a command said are not there. A path that is merely absent from its output may as well be unreadable,
 * and that is not the same; nor is every message in English.
 */
export function missingPaths(stderr: string, paths: readonly string[]): string[] {
  const lines = stderr.split('\n').filter((line) => line.endsWith(': No such file or directory'));
  return paths.filter((path) =>
    lines.some((line) => [`'${path}'`, `"${path}"`, ` ${path}`, `‘${path}’`].some((name) => line.includes(`${name}:`))),
  );
}
