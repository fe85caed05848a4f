import { notUnderstood, understood, type Parsed } from './parsed.js';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

export interface StrictJson {
  readonly value: JsonValue;
  /** Of the keys of the outermost object: the line where each stands, from 1. */
  readonly lines: ReadonlyMap<string, number>;
}

/** No configuration is nested deeper; a text that is only brackets must not cost a stack. */
const MAX_DEPTH = 100;

const WHITE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[A-Za-z_$][\w$]*/y;
const LITERALS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

/**
 * Reads JSON and nothing more lenient, naming the line and what is wrong there: comments, commas at the end, keys that are
 * there twice. Go's decoder does not mind the case of the keys of structures, so neither may two keys differ in case alone,
 * save in objects whose path (`log-opts`, `runtimes.x`) `namesMatter` knows as names of the user's own.
 */
export function parseStrictJson(
  text: string,
  namesMatter: (path: string) => boolean = () => false,
): Parsed<StrictJson> {
  const reader = new Reader(text, namesMatter);
  try {
    return understood(reader.document());
  } catch (error) {
    if (error instanceof Wrong) return notUnderstood(reader.lineOf(error.at), error.message);
    throw error;
  }
}

class Wrong extends Error {
  constructor(
    readonly at: number,
    reason: string,
  ) {
    super(reason);
  }
}

class Reader {
  private at = 0;
  private readonly lines = new Map<string, number>();

  constructor(
    private readonly text: string,
    private readonly namesMatter: (path: string) => boolean,
  ) {}

  lineOf(offset: number): number {
    return 1 + newlines(this.text, 0, offset);
  }

  document(): StrictJson {
    const value = this.value('', 0);
    this.skip();
    if (this.at < this.text.length) throw this.unexpected('something follows after the end of the JSON');
    return { value, lines: this.lines };
  }

  private value(path: string, depth: number): JsonValue {
    this.skip();
    const start = this.at;
    const char = this.text[start];
    if (char === '{' || char === '[') {
      if (depth === MAX_DEPTH) throw new Wrong(start, `it is nested more than ${MAX_DEPTH} levels deep`);
      this.at += 1;
      return char === '{' ? this.object(path, depth + 1) : this.list(path, depth + 1);
    }
    if (char === '"') return this.string();
    const number = this.match(NUMBER);
    if (number !== undefined) return Number(number);
    const word = this.match(WORD);
    const literal = word === undefined || !Object.hasOwn(LITERALS, word) ? undefined : LITERALS[word];
    if (literal !== undefined) return literal;
    this.at = start;
    throw this.unexpected(char === undefined ? 'it ends where a value has to follow' : 'this is no JSON value');
  }

  private object(path: string, depth: number): JsonObject {
    const entries: [string, JsonValue][] = [];
    const seen = new Map<string, { readonly key: string; readonly at: number }>();
    const fold = this.namesMatter(path) ? (key: string) => key : (key: string) => key.toLowerCase();
    let line = 1;
    let counted = 0;
    for (let first = true; !this.closes('}', first); first = false) {
      const at = this.at;
      if (this.text[at] !== '"') throw this.unexpected('a key has to follow here, in double quotes');
      const key = this.string();
      const before = seen.get(fold(key));
      if (before !== undefined) throw new Wrong(at, twice(key, before.key, this.lineOf(before.at)));
      seen.set(fold(key), { key, at });
      if (depth === 1) {
        line += newlines(this.text, counted, at);
        counted = at;
        this.lines.set(key, line);
      }
      this.skip();
      if (this.text[this.at] !== ':') throw this.unexpected(`a colon has to follow the key ${JSON.stringify(key)}`);
      this.at += 1;
      entries.push([key, this.value(path === '' ? key : `${path}.${key}`, depth)]);
    }
    return Object.fromEntries(entries);
  }

  private list(path: string, depth: number): readonly JsonValue[] {
    const values: JsonValue[] = [];
    for (let first = true; !this.closes(']', first); first = false) values.push(this.value(path, depth));
    return values;
  }

  /** Whether the bracket closes here; else the comma before the next entry is behind us. */
  private closes(bracket: string, first: boolean): boolean {
    this.skip();
    if (this.text[this.at] === bracket) {
      this.at += 1;
      return true;
    }
    if (this.at >= this.text.length) throw this.unexpected(`it ends before a ${bracket} closes it`);
    if (first) return false;
    const comma = this.at;
    if (this.text[comma] !== ',') throw this.unexpected(`a comma or a ${bracket} has to follow here`);
    this.at += 1;
    this.skip();
    if (this.text[this.at] === bracket) throw new Wrong(comma, `a comma stands before the closing ${bracket}`);
    return false;
  }

  /** By hand: a regular expression costs a stack that grows with the string. */
  private string(): string {
    const start = this.at;
    let end = start + 1;
    for (; this.text[end] !== '"'; end += 1) {
      // A line break or another control character, or the end of the text.
      if (!(this.text.charCodeAt(end) >= 0x20)) throw new Wrong(start, 'a string is not closed on its line');
      if (this.text[end] === '\\') end += 1;
    }
    this.at = end + 1;
    try {
      return JSON.parse(this.text.slice(start, this.at)) as string;
    } catch {
      throw new Wrong(start, 'a string holds a backslash that JSON does not know');
    }
  }

  private skip(): void {
    this.match(WHITE);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text)?.[0];
    this.at += match?.length ?? 0;
    return match;
  }

  private unexpected(otherwise: string): Wrong {
    const comment = /^(?:\/\/|\/\*|#)/.test(this.text.slice(this.at, this.at + 2));
    return new Wrong(this.at, comment ? 'a comment stands here, and JSON has none' : otherwise);
  }
}

const twice = (key: string, before: string, line: number): string =>
  key === before
    ? `${JSON.stringify(key)} is there twice, first on line ${line}, and which one counts is not certain`
    : `${JSON.stringify(key)} and ${JSON.stringify(before)} on line ${line} are the same key to dockerd, and which one counts is not certain`;

function newlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
