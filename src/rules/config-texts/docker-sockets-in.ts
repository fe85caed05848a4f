export interface SocketMention {
  /** The path or URL as written: `unix:///var/run/docker.sock`. */
  readonly text: string;
  /** In UTF-16 code units. */
  readonly offset: number;
}

const NAME = /docker\.sock|docker_engine/gi;
const PATH_CHARACTER = /[\w./:~@%+\-\\${}]/;
const LONGEST_PATH = 300;

/**
 * Paths and URLs of the Docker socket, and of the pipe on Windows. Neither `mydocker.sock` nor `docker.sock.bak` is one, nor
 * an alternative of a regular expression: those exclude paths or forbid them.
 */
export function dockerSocketsIn(text: string): SocketMention[] {
  const found: SocketMention[] = [];
  for (const match of text.matchAll(NAME)) {
    const end = match.index + match[0].length;
    if (!/[/\\]/.test(text[match.index - 1] ?? '') || /^(?:[\w-]|\.\w)/.test(text.slice(end, end + 2))) continue;
    const least = Math.max(0, match.index - LONGEST_PATH);
    let start = match.index;
    while (start > least && PATH_CHARACTER.test(text[start - 1] ?? '')) start--;
    if (text[start - 1] === '|' || text[start - 1] === '^' || text[end] === '|') continue;
    found.push({ text: text.slice(start, end), offset: start });
  }
  return found;
}
