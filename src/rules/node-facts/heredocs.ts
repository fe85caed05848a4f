export interface Heredoc {
  /** The file that the command writes. */
  readonly path: string;
  readonly body: string;
  /** Of the body in the script. */
  readonly offset: number;
}

const OPENING = /<<-?[ \t]*(["']?)([A-Za-z_]\w{0,40})\1/;
const WRITES = /(?:>{1,2}\s{0,4}|\btee\s{1,4}(?:-a\s{1,4})?)["']?(\/[^\s"'<>|;&]+)/;

/** The texts that a shell script writes to files of such a directory, with `cat > FILE <<EOF` or `tee FILE <<EOF`. */
export function* heredocs(script: string, directory: string): Generator<Heredoc> {
  // Looking for the directory first keeps scripts of a million heredocs cheap.
  for (let at = script.indexOf(directory); at !== -1; at = script.indexOf(directory, at + directory.length)) {
    const start = script.lastIndexOf('\n', at) + 1;
    const end = script.indexOf('\n', at);
    if (end === -1 || end - start > 1000) continue;
    const line = script.slice(start, end);
    const tag = OPENING.exec(line)?.[2];
    const path = WRITES.exec(line)?.[1];
    if (tag === undefined || path === undefined || !path.includes(directory)) continue;
    const body = bodyFrom(script, end + 1, tag);
    if (body !== undefined) yield { path, body, offset: end + 1 };
  }
}

/** Up to the line that is the tag alone; configuration files are short. */
function bodyFrom(script: string, from: number, tag: string): string | undefined {
  const rest = script.slice(from, from + 20_000);
  const close = new RegExp(`^[ \\t]{0,40}${tag}[ \\t]{0,40}\\r?$`, 'm').exec(rest);
  return close === null ? undefined : rest.slice(0, close.index);
}
