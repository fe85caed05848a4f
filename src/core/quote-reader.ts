import type { TextSyntax } from './text-syntax.js';

/** What a place in a text is inside of; the triple ones are TOML's. */
export type Quote = '' | '"' | "'" | '"""' | "'''";

/**
 * Tells of places in a text, asked for in their order, which quote is open there. In texts of no known syntax a quote opens
 * where a word could begin and ends with its line, so that an apostrophe is none.
 */
export function quoteReader(text: string, syntax: TextSyntax): (offset: number) => Quote {
  const step = STEPS[syntax];
  let state: State = { at: 0, quote: '', value: false };
  return (offset) => {
    while (state.at < offset) state = step(text, state);
    return state.quote;
  };
}

interface State {
  readonly at: number;
  readonly quote: Quote;
  /** Past the `=` of a unit's or an environment file's line; the text of an environment file's value has begun. */
  readonly value: boolean | 'literal';
}

type Step = (text: string, state: State) => State;

const move = (state: State, by: number, quote: Quote = state.quote, value: State['value'] = state.value): State => ({
  at: state.at + by,
  quote,
  value,
});

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

const isQuote = (char: string | undefined): char is '"' | "'" => char === '"' || char === "'";

const startsLine = (text: string, at: number): boolean => /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, at - 80), at));

const json: Step = (text, state) => {
  const char = text[state.at];
  if (char === '\\' && state.quote !== '') return move(state, 2);
  if (char === '"') return move(state, 1, state.quote === '' ? '"' : '');
  return move(state, 1, char === '\n' ? '' : state.quote);
};

const toml: Step = (text, state) => {
  const { at, quote } = state;
  const char = text[at];
  if (quote === '') {
    if (char === '#') return move(state, Math.max(1, lineEnd(text, at) - at));
    const triple = text.startsWith('"""', at) ? '"""' : text.startsWith("'''", at) ? "'''" : undefined;
    if (triple !== undefined) return move(state, 3, triple);
    return move(state, 1, isQuote(char) ? char : '');
  }
  if (char === '\\' && quote.startsWith('"')) return move(state, 2);
  if (text.startsWith(quote, at)) return move(state, quote.length, '');
  return move(state, 1, char === '\n' && quote.length === 1 ? '' : quote);
};

const yaml: Step = (text, state) => {
  const { at, quote } = state;
  const char = text[at];
  const before = text[at - 1] ?? '\n';
  if (char === '\n') return move(state, 1, '');
  if (quote === '') {
    if (char === '#' && /\s/.test(before)) return move(state, Math.max(1, lineEnd(text, at) - at));
    return move(state, 1, isQuote(char) && /[\s,:=([{]/.test(before) ? char : '');
  }
  if (quote === '"' && char === '\\') return move(state, 2);
  if (quote === "'" && text.startsWith("''", at)) return move(state, 2);
  return move(state, 1, char === quote ? '' : quote);
};

const unit: Step = (text, state) => {
  const { at, quote, value } = state;
  const char = text[at];
  if (char === '\\') return move(state, 2);
  if (char === '\n') return move(state, 1, '', false);
  if (value === false) {
    if (/[#;]/.test(char ?? '') && startsLine(text, at)) return move(state, Math.max(1, lineEnd(text, at) - at));
    return move(state, 1, '', char === '=');
  }
  if (quote === '') return move(state, 1, isQuote(char) ? char : '');
  return move(state, 1, char === quote ? '' : quote);
};

/** As systemd reads an `EnvironmentFile=`: quotes count before and between, not amid what stands without. */
const env: Step = (text, state) => {
  const { at, quote, value } = state;
  const char = text[at];
  if (quote !== '') {
    if (quote === '"' && char === '\\') return move(state, 2);
    return move(state, 1, char === quote ? '' : quote);
  }
  if (char === '\n') return move(state, 1, '', false);
  if (value === false) {
    if (/[#;]/.test(char ?? '') && startsLine(text, at)) return move(state, Math.max(1, lineEnd(text, at) - at));
    return move(state, 1, '', char === '=');
  }
  if (char === '\\') return move(state, 2, '', 'literal');
  if (value === true && isQuote(char)) return move(state, 1, char);
  return move(state, 1, '', value === true && /\s/.test(char ?? '') ? true : 'literal');
};

const raw: Step = (text, state) => {
  const { at, quote } = state;
  const char = text[at];
  if (char === '\n') return move(state, 1, '');
  if (char === '\\' && quote !== "'" && text[at + 1] !== '\n') return move(state, 2);
  if (quote === '') return move(state, 1, isQuote(char) && !/\w/.test(text[at - 1] ?? '') ? char : '');
  return move(state, 1, char === quote ? '' : quote);
};

const STEPS: Readonly<Record<TextSyntax, Step>> = { json, toml, yaml, unit, env, raw };
