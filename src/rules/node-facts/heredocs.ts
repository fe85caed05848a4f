export interface Heredoc {
  /** The file that the command writes; undefined when it does not say. */
  readonly path: string | undefined;
  readonly body: string;
  /** Of the body in the script. */
  readonly offset: number;
}

const OPENING = /^.*<<-?[ \t]*(["']?)([A-Za-z_]\w*)\1.*$/gm;
const WRITES = /(?:>{1,2}\s{0,4}|\btee\s{1,4}(?:-a\s{1,4})?)["']?(\/[^\s"'<>|;&]+)/;

/** The texts that a shell script writes with `cat > FILE <<EOF` or `tee FILE <<EOF`. */
export function* heredocs(script: string): Generator<Heredoc> {
  if (!script.includes('<<')) return;
  OPENING.lastIndex = 0;
  for (const match of script.matchAll(OPENING)) {
    const [line, , tag = ''] = match;
    const offset = match.index + line.length + 1;
    const end = new RegExp(`^[ \\t]*${tag}[ \\t]*\\r?$`, 'm').exec(script.slice(offset));
    if (end === null) continue;
    yield { path: WRITES.exec(line)?.[1], body: script.slice(offset, offset + end.index), offset };
  }
}
