/** The line that ends a heredoc: where it begins, and where the next line does. Undefined when it is missing. */
export function heredocEnd(
  text: string,
  from: number,
  until: number,
  { word, tabs }: { readonly word: string; readonly tabs: boolean },
): { readonly start: number; readonly next: number } | undefined {
  let start = from;
  while (start < until) {
    const stop = text.indexOf('\n', start);
    const end = stop === -1 || stop > until ? until : stop;
    let at = start;
    while (tabs && text.charCodeAt(at) === 9) at += 1;
    const behind = at + word.length;
    const bare = behind === end || (behind === end - 1 && text.charCodeAt(behind) === 13);
    if (bare && text.startsWith(word, at)) return { start, next: Math.min(end + 1, until) };
    start = end + 1;
  }
  return undefined;
}
