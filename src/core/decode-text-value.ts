import type { Quote } from './quote-reader.js';
import type { TextSyntax } from './text-syntax.js';

/** What a stretch of a file says, by the syntax and the quote it stands in; undefined where that is not certain. */
export function decodeTextValue(written: string, syntax: TextSyntax, quote: Quote): string | undefined {
  switch (syntax) {
    case 'raw':
      return written;
    case 'json':
      return json(written);
    case 'toml':
      return quote.startsWith('"')
        ? escaped(written, TOML)
        : quote === '' || written.includes(quote)
          ? undefined
          : written;
    case 'yaml':
      if (quote === '"') return escaped(written, YAML);
      if (quote === "'") return /^(?:[^']|'')*$/.test(written) ? written.replaceAll("''", "'") : undefined;
      return written.includes('\n') ? undefined : written;
    case 'unit':
      return unit(written, quote);
    case 'env':
      return env(written, quote);
  }
}

function json(written: string): string | undefined {
  try {
    const value: unknown = JSON.parse(`"${written}"`);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

const SHORT = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', '"': '"', '\\': '\\' } as const;
const TOML: Readonly<Record<string, string>> = { ...SHORT };
const YAML: Readonly<Record<string, string>> = {
  ...SHORT,
  ...{ '0': '\0', a: '\x07', v: '\v', e: '\x1b', ' ': ' ', '/': '/', N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029' },
};
const C: Readonly<Record<string, string>> = { ...SHORT, a: '\x07', v: '\v', s: ' ', "'": "'" };

/** Backslashes with one of the letters, `\xHH`, `\uHHHH`, `\UHHHHHHHH`. */
function escaped(written: string, letters: Readonly<Record<string, string>>): string | undefined {
  let unknown = /(?:^|[^\\])(?:\\\\)*["\n]/.test(written);
  const value = written.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^])|$)/g, (...match) => {
    const [, two, four, eight, letter] = match as (string | undefined)[];
    const code = Number.parseInt(two ?? four ?? eight ?? '', 16);
    const char = letter === undefined ? (code <= 0x10ffff ? String.fromCodePoint(code) : undefined) : letters[letter];
    if (char === undefined) unknown = true;
    return char ?? '';
  });
  return unknown ? undefined : value;
}

/** What systemd may put something else for. Before anything else a percent sign stands for itself in older versions of systemd. */
const SPECIFIER = /%[a-zA-Z]/;

function unit(written: string, quote: Quote): string | undefined {
  const bare = written.replace(/\\[^]/g, '');
  const ends = quote === '' ? /[\s"']/ : quote === '"' ? /["\n]/ : /['\n]/;
  if (ends.test(bare) || SPECIFIER.test(written.replaceAll('%%', ''))) return undefined;
  return escaped(written.replace(/\\"|"/g, '\\"'), C)?.replaceAll('%%', '%');
}

function env(written: string, quote: Quote): string | undefined {
  if (quote === "'") return written.includes("'") ? undefined : written;
  if (quote === '"') {
    if (/^(?:[^"\\]|\\[^])*$/.test(written))
      return written.replace(/\\([^])/g, (all, char: string) =>
        '"\\`$'.includes(char) ? char : char === '\n' ? '' : all,
      );
    return undefined;
  }
  return /\n|^["'\s]|\s$/.test(written) ? undefined : written.replace(/\\([^])/g, '$1');
}
