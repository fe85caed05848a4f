const ESCAPES: Readonly<Record<string, string>> = {
  ...{ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', s: ' ' },
  ...{ '\\': '\\', '"': '"', "'": "'" },
};

/**
 * The words of a unit file's setting. Quotes count anywhere in a word and C escapes are resolved; like systemd (seen on
 * 252), reading stops at a word with an escape that it does not know or a quote that is not closed.
 */
export function unitWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index);
    if (char === '\\') {
      const escape = escapeAt(text.slice(index + 1));
      if (escape === undefined) return words;
      word = (word ?? '') + escape.value;
      index += escape.length;
    } else if (quote !== undefined) {
      if (char === quote) quote = undefined;
      else word = (word ?? '') + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + char;
    }
  }
  if (word !== undefined && quote === undefined) words.push(word);
  return words;
}

function escapeAt(text: string): { readonly value: string; readonly length: number } | undefined {
  const simple = ESCAPES[text.charAt(0)];
  if (simple !== undefined) return { value: simple, length: 1 };
  const [all, hex, octal] = /^(?:x([0-9a-fA-F]{2})|([0-3][0-7]{2}))/.exec(text) ?? [];
  if (all === undefined) return undefined;
  const code = hex === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(hex, 16);
  return { value: String.fromCharCode(code), length: all.length };
}
