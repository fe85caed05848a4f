const HASH = 0x23;
const SINGLE = 0x27;
const DOUBLE = 0x22;
const BACKSLASH = 0x5c;

/**
 * The same text with its comments blanked, so that offsets stay. A comment begins with `#` at a line's beginning or after a
 * blank and outside of quotes, as in YAML, TOML, fluentd and shells; `;` and `//` count at a line's beginning only, for
 * elsewhere they separate commands and begin URLs.
 */
export function withoutComments(text: string): string {
  if (!text.includes('#') && !/^[ \t]*(?:;|\/\/)/m.test(text)) return text;
  return text.replace(/[^\n]+/g, (line) => {
    const start = commentStart(line);
    return start === -1 ? line : line.slice(0, start) + ' '.repeat(line.length - start);
  });
}

function commentStart(line: string): number {
  if (/^[ \t]*(?:#|;|\/\/)/.test(line)) return 0;
  if (!line.includes('#')) return -1;
  let quote = 0;
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (quote !== 0) {
      if (code === BACKSLASH && quote === DOUBLE) at++;
      else if (code === quote) quote = 0;
    } else if ((code === SINGLE || code === DOUBLE) && !/\w/.test(line[at - 1] ?? ' ')) {
      quote = code;
    } else if (code === HASH && /\s/.test(line[at - 1] ?? ' ')) {
      return at;
    }
  }
  return -1;
}
