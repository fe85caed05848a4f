import { MigrateError } from '../core/errors.js';

/** Words that mean themselves in every shell; `=` and `~` are left out because they do not at the start of a word. */
const PLAIN = /^[A-Za-z0-9_./:,@%+-]+$/;

/**
 * One command line for a POSIX shell that gives exactly `argv` back. The only place that quotes: sshd hands a command
 * to the login shell as text, so nothing else keeps names from the cluster apart from syntax.
 */
export function quote(argv: readonly string[]): string {
  return argv.map(quoteWord).join(' ');
}

function quoteWord(word: string): string {
  if (word.includes('\0')) throw new MigrateError('bug', 'A command cannot hold a NUL byte.');
  if (PLAIN.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
