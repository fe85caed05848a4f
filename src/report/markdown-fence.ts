/** Lines as a code block, whatever backticks they have. */
export function markdownFence(lines: readonly string[], language = ''): string[] {
  const longest = Math.max(2, ...lines.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence];
}
