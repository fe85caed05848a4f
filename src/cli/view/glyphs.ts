export interface Glyphs {
  readonly done: string;
  readonly unneeded: string;
  readonly failed: string;
  readonly undone: string;
  readonly waiting: string;
  readonly rule: string;
  readonly spinner: readonly string[];
}

const UNICODE: Glyphs = {
  done: '✓',
  unneeded: '–',
  failed: '✗',
  undone: '↩',
  waiting: '·',
  rule: '─',
  spinner: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
};

const ASCII: Glyphs = {
  done: '+',
  unneeded: '=',
  failed: 'x',
  undone: '<',
  waiting: '.',
  rule: '-',
  spinner: ['|', '/', '-', '\\'],
};

/** Signs that the terminal can draw: a node's own console often has little more than ASCII. */
export function glyphs(environment: Readonly<Record<string, string | undefined>>): Glyphs {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
  return environment['TERM'] !== 'linux' && /utf-?8/i.test(locale) ? UNICODE : ASCII;
}
