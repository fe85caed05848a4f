/** UTF-16 code units that mean something to a shell. */
export const TAB = 9;
export const LINE_FEED = 10;
export const RETURN = 13;
export const SPACE = 32;
export const DOUBLE = 34;
export const DOLLAR = 36;
export const SINGLE = 39;
export const OPEN = 40;
export const CLOSE = 41;
export const BACKSLASH = 92;
export const BACKTICK = 96;
export const CLOSE_BRACE = 125;

export function isSpace(char: number): boolean {
  return char === SPACE || char === TAB || char === LINE_FEED || char === RETURN;
}

export function isLowerCaseLetter(char: number): boolean {
  return char > 96 && char < 123;
}

export function isOperator(char: string | undefined): boolean {
  return char === ';' || char === '&' || char === '|' || char === '<' || char === '>' || char === '(' || char === ')';
}
