import { heredocEnd } from './shell-commands-heredoc.js';

export interface ShellWord {
  /** Without quotes and backslashes; what is substituted stays as it is written. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** Some of it was quoted, so that it is no keyword and no assignment. */
  readonly quoted: boolean;
}

/** Whose script a command stands in: the text's own, or one in a heredoc for a shell here or on the host. */
export type Reader = 'text' | 'shell' | 'host';

/** Gets each simple command, those in substitutions first; tells whether it reads a script, and where that runs. */
export type TakeCommand = (words: readonly ShellWord[], start: number, end: number, reader: Reader) => Reader | 'stop';

interface Heredoc {
  readonly word: string;
  readonly tabs: boolean;
  readonly quoted: boolean;
}

const MAX_DEPTH = 200;
/** Of one command; what is behind them is not told. */
const MAX_WORDS = 2000;
/** Searches for the end of a heredoc that found none; each goes through the rest of the text. */
const MAX_FAILURES = 3;

const KEYWORDS: ReadonlySet<string> = new Set([
  'if',
  'then',
  'elif',
  'else',
  'fi',
  'while',
  'until',
  'do',
  'done',
  'coproc',
  '{',
  '}',
  '!',
]);

/**
 * Finds the simple commands of a POSIX shell's script, bash's additions included, in one go over the text. It forgives what a
 * shell would not; quotes that are never closed reach to the end.
 */
export function parseShell(text: string, take: TakeCommand): void {
  let at = 0;
  let end = text.length;
  let depth = 0;
  let cases = 0;
  let failures = 0;
  let stopped = false;
  let reader: Reader = 'text';
  /** Of what is sent to a command of this line. */
  let lineReader: Reader = 'text';
  let heredocs: Heredoc[] = [];

  list('');

  function list(close: string): void {
    const outerCases = cases;
    cases = 0;
    depth += 1;
    while (!stopped) {
      skipBlank();
      if (at >= end) break;
      const char = text[at];
      if (char === '\n') newline();
      else if (char === '#') skipLine();
      else if (char === ';') {
        const twice = text[at + 1] === ';' || text[at + 1] === '&';
        at += twice ? (text[at + 2] === '&' ? 3 : 2) : 1;
        if (twice && cases > 0) casePattern();
      } else if (char === '&' || char === '|') at += 1;
      else if (char === '(') group();
      else if (char === close || char === ')') {
        at += 1;
        if (char === close) break;
      } else simple(close);
    }
    depth -= 1;
    cases = outerCases;
  }

  function group(): void {
    if (text[at + 1] === '(') {
      at += 2;
      arithmetic();
      return;
    }
    at += 1;
    if (depth < MAX_DEPTH) list(')');
  }

  function simple(close: string): void {
    const words: ShellWord[] = [];
    let dropped = false;
    for (;;) {
      skipBlank();
      const char = text[at];
      if (at >= end || char === '\n' || char === ';' || char === '|' || char === ')' || char === close) break;
      if (char === '&') {
        if (text[at + 1] !== '>') break;
        at += 1;
      } else if (char === '(') {
        // `name() {`: a function's head.
        if (words.length !== 1 || !/^\(\s*\)/.test(text.slice(at, at + 20))) break;
        at = text.indexOf(')', at) + 1;
        words.length = 0;
        break;
      } else if (char === '#') skipLine();
      else if (char === '<' || char === '>') redirection();
      else {
        const read = word(close);
        const next = text[at];
        if ((next === '<' || next === '>') && /^(?:\d+|\{\w+\})$/.test(read.value)) continue;
        if (words.length > 0 || read.quoted || dropped) {
          if (words.length < MAX_WORDS) words.push(read);
        } else if (KEYWORDS.has(read.value)) continue;
        else if (read.value === 'for' || read.value === 'select') dropped = true;
        else if (read.value === 'function') {
          skipBlank();
          word(close);
          if (/^\s*\(\s*\)/.test(text.slice(at, at + 20))) at = text.indexOf(')', at) + 1;
        } else if (read.value === 'esac') cases = Math.max(0, cases - 1);
        else if (read.value === 'case') {
          caseHead(close);
          return;
        } else if (read.value === '[[') test();
        else words.push(read);
      }
    }
    const [first] = words;
    if (first === undefined || dropped || stopped) return;
    const taken = take(words, first.start, words.at(-1)?.end ?? at, reader);
    if (taken === 'stop') stopped = true;
    else if (taken !== 'text') lineReader = taken;
  }

  function caseHead(close: string): void {
    for (let count = 0; count < 20 && at < end; count += 1) {
      skipBlank();
      const char = text[at];
      if (char === '\n' || char === ';') break;
      if (isOperator(char)) at += 1;
      else if (word(close).value === 'in') {
        cases += 1;
        casePattern();
        return;
      }
    }
  }

  function casePattern(): void {
    for (;;) {
      skipBlank();
      if (text[at] === '\n') at += 1;
      else if (text[at] === '#') skipLine();
      else break;
    }
    if (/^esac\b/.test(text.slice(at, at + 5))) return;
    if (text[at] === '(') at += 1;
    while (at < end && text[at] !== '\n') {
      skipBlank();
      const char = text[at];
      if (char === ')') {
        at += 1;
        return;
      }
      if (isOperator(char)) at += 1;
      else if (at < end && char !== '\n') word('');
    }
  }

  /** `[[ … ]]`, where operators compare. */
  function test(): void {
    while (at < end) {
      skipBlank();
      const char = text[at];
      if (isOperator(char) || char === '\n') at += 1;
      else if (at < end && word('').value === ']]') return;
    }
  }

  function redirection(): void {
    const [operator = ''] = /^(?:<<<|<<-|<<|<>|<&|<\(|>\(|>>|>&|>\||<|>)/.exec(text.slice(at, at + 3)) ?? [];
    at += Math.max(1, operator.length);
    if (operator.endsWith('(')) {
      if (depth < MAX_DEPTH) list(')');
      return;
    }
    skipBlank();
    if (at >= end || isOperator(text[at]) || text[at] === '\n') return;
    const { value, quoted } = word('');
    if (operator === '<<' || operator === '<<-') heredocs.push({ word: value, tabs: operator === '<<-', quoted });
  }

  function newline(): void {
    at += 1;
    const pending = heredocs;
    heredocs = [];
    for (const heredoc of pending) {
      const body = failures < MAX_FAILURES ? heredocEnd(text, at, end, heredoc) : undefined;
      if (body === undefined) {
        failures += 1;
        continue;
      }
      within(body.start, heredoc.quoted);
      at = body.next;
    }
    lineReader = 'text';
  }

  /** A heredoc's body: a script for a shell; else only what is substituted in it is run. */
  function within(bodyEnd: number, quoted: boolean): void {
    const outer = { end, reader };
    end = bodyEnd;
    if (lineReader !== 'text' && depth < MAX_DEPTH) {
      if (reader !== 'host') reader = lineReader;
      lineReader = 'text';
      list('');
    } else if (!quoted) doubleQuoted('');
    ({ end, reader } = outer);
  }

  function word(close: string): ShellWord {
    const start = at;
    let value = '';
    let run = at;
    let quoted = false;
    const flush = (): void => {
      value += text.slice(run, at);
    };
    while (at < end) {
      const char = text.charCodeAt(at);
      if (char > 96 && char < 123) {
        at += 1;
        continue;
      }
      if (isSpace(char)) break;
      if (char === BACKSLASH) {
        flush();
        const lineEnd = text[at + 1] === '\n' ? 2 : text.startsWith('\r\n', at + 1) ? 3 : 0;
        run = lineEnd > 0 ? at + lineEnd : at + 1;
        at = lineEnd > 0 ? run : at + 2;
        quoted = true;
      } else if (char === SINGLE) {
        flush();
        const stop = text.indexOf("'", at + 1);
        const ends = stop === -1 || stop >= end ? end : stop;
        value += text.slice(at + 1, ends);
        run = at = Math.min(ends + 1, end);
        quoted = true;
      } else if (char === DOUBLE) {
        flush();
        at += 1;
        value += doubleQuoted('"');
        run = at;
        quoted = true;
      } else if (char === DOLLAR) dollar();
      else if (char === BACKTICK) {
        if (close === '`') break;
        at += 1;
        if (depth < MAX_DEPTH) list('`');
      } else if (char === OPEN && at > start && text[at - 1] === '=' && depth < MAX_DEPTH) {
        at += 1;
        depth += 1;
        arrayEnd();
        depth -= 1;
      } else if (isOperator(text[at])) break;
      else at += 1;
    }
    at = Math.min(at, end);
    if (at > run) flush();
    // Nothing was taken: a character that belongs to nobody.
    if (at === start) at += 1;
    return { value, start, end: at, quoted };
  }

  /** Up to the closing quote, or to the end where there is none. */
  function doubleQuoted(close: '"' | ''): string {
    let value = '';
    let run = at;
    while (at < end) {
      const char = text.charCodeAt(at);
      if (char === DOUBLE && close === '"') break;
      if (char === BACKSLASH && at + 1 < end && '"\\$`\n'.includes(text[at + 1] ?? ' ')) {
        value += text.slice(run, at);
        run = text[at + 1] === '\n' ? at + 2 : at + 1;
        at += 2;
      } else if (char === DOLLAR) dollar();
      else if (char === BACKTICK) {
        at += 1;
        if (depth < MAX_DEPTH) list('`');
      } else at += 1;
    }
    at = Math.min(at, end);
    value += text.slice(run, at);
    if (at < end && close === '"') at += 1;
    return value;
  }

  function dollar(): void {
    const next = text[at + 1];
    if (next === '(' && text[at + 2] === '(') {
      at += 3;
      arithmetic();
    } else if (next === '(' && depth < MAX_DEPTH) {
      at += 2;
      list(')');
    } else if (next === '{') {
      at += 2;
      parameter();
    } else at += 1;
  }

  /** `${NAME:-…}`: to its brace, or to the line's end when that is missing. */
  function parameter(): void {
    for (let open = 1; at < end && open > 0; at += 1) {
      const char = text.charCodeAt(at);
      if (char === 10) return;
      if (char === BACKSLASH) at += 1;
      else if (char === 125) open -= 1;
      else if (char === DOLLAR && text[at + 1] === '{') open += 1;
    }
  }

  function arithmetic(): void {
    for (let open = 2; at < end && open > 0; at += 1) {
      const char = text.charCodeAt(at);
      if (char === 10) return;
      if (char === OPEN) open += 1;
      else if (char === CLOSE) open -= 1;
    }
  }

  function arrayEnd(): void {
    while (at < end) {
      skipBlank();
      const char = text[at];
      if (char === ')') {
        at += 1;
        return;
      }
      if (char === '#') skipLine();
      else if (isOperator(char) || char === '\n') at += 1;
      else if (at < end) word('');
    }
  }

  function skipBlank(): void {
    for (; at < end; at += 1) {
      const char = text.charCodeAt(at);
      if (char === 32 || char === 9 || char === 13) continue;
      if (char !== BACKSLASH) return;
      if (text[at + 1] === '\n') at += 1;
      else if (text[at + 1] === '\r' && text[at + 2] === '\n') at += 2;
      else return;
    }
  }

  function skipLine(): void {
    const stop = text.indexOf('\n', at);
    at = stop === -1 || stop > end ? end : stop;
  }
}

const DOUBLE = 34;
const DOLLAR = 36;
const SINGLE = 39;
const OPEN = 40;
const CLOSE = 41;
const BACKSLASH = 92;
const BACKTICK = 96;

function isSpace(char: number): boolean {
  return char === 32 || char === 9 || char === 10 || char === 13;
}

function isOperator(char: string | undefined): boolean {
  return char === ';' || char === '&' || char === '|' || char === '<' || char === '>' || char === '(' || char === ')';
}
