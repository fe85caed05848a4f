import type { Quote } from './quote-reader.js';
import type { TextSyntax } from './text-syntax.js';

/** A value as a file is to write it in the middle of a text with this quote around; undefined where there is no way. */
export function encodeTextValue(value: string, syntax: TextSyntax, quote: Quote): string | undefined {
  switch (syntax) {
    case 'raw':
      return value;
    case 'json':
      return quote === '"' ? withEscapes(value, /["\\]/g, '\\u00') : undefined;
    case 'toml':
      if (quote.startsWith('"')) return withEscapes(value, /["\\]/g, '\\u00');
      return quote !== '' && !value.includes("'") && !CONTROL.test(value) ? value : undefined;
    case 'yaml':
      if (quote === '"') return withEscapes(value, /["\\]/g, '\\x');
      if (CONTROL.test(value)) return undefined;
      return quote === "'" ? value.replaceAll("'", "''") : NOT_PLAIN.test(value) ? undefined : value;
    case 'unit':
      if (value.includes('\0')) return undefined;
      return withEscapes(value, UNIT_SPECIAL[quote === '"' || quote === "'" ? quote : ''], '\\x').replaceAll('%', '%%');
    case 'env':
      if (quote === '"') return value.replace(/["\\`$]/g, '\\$&');
      if (quote === "'") return value.includes("'") ? undefined : value;
      // Also for a shell, by which some start scripts read the same file.
      return CONTROL.test(value) ? undefined : value.replace(/[^\w%+,./:=@\u0080-\uffff-]/g, '\\$&');
  }
}

const CONTROL = /[\x00-\x1f\x7f]/;

/** What ends a plain scalar of YAML, in blocks or in brackets. */
const NOT_PLAIN = /[,[\]{}]|:(?:\s|$)|\s#|^\s|\s$/;

const UNIT_SPECIAL = { '': /["'\\\s]/g, '"': /["\\]/g, "'": /['\\]/g } as const;

const SHORT: Readonly<Record<string, string>> = { '\b': 'b', '\t': 't', '\n': 'n', '\f': 'f', '\r': 'r', ' ': 's' };

function withEscapes(value: string, special: RegExp, hex: string): string {
  const escaped = value.replace(special, (char) => `\\${SHORT[char] ?? char}`);
  return escaped.replace(/[\x00-\x1f\x7f]/g, (char) => {
    const short = SHORT[char];
    return short === undefined ? hex + char.charCodeAt(0).toString(16).padStart(2, '0') : `\\${short}`;
  });
}
