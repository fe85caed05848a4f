import { randomBytes } from 'node:crypto';
import { MigrateError } from '../core/errors.js';
import { SEARCH_PATH } from './search-path.js';

/**
 * Runs `"$@"` after a mark on stdout and on stderr. What comes before the marks is a banner, a chatty .bashrc, ssh or
 * sudo; without them the command never started. The process group in the mark is what a timeout ends. Exit code 255 is
 * confirmed by a mark of its own, because ssh ends with 255 when the connection breaks. `exec` rather than a plain
 * call, so that a word is never taken for a builtin of this shell.
 */
const FRAME = `mark=$1; shift
LC_ALL=C PATH="${SEARCH_PATH}:$PATH"; export LC_ALL PATH; umask 022; cd /
group=; read -r a b c d group e </proc/$$/stat
printf "%s" "$mark"; printf "%s %s\\n" "$mark" "$group" >&2
(exec "$@"); code=$?
[ "$code" -ne 255 ] || printf "%s" "$mark" >&2
exit "$code"`;

const AS_ROOT = ['sudo', '-n', '--'];

/** A single word longer than this does not pass execve, and over ssh the whole command is one word. */
const MAX_COMMAND_BYTES = 120_000;

export interface Framed {
  readonly argv: readonly string[];
  readonly mark: string;
}

export function frame(argv: readonly string[], options: { readonly sudo: boolean }): Framed {
  const [program = ''] = argv;
  if (program === '' || program.startsWith('-'))
    throw new MigrateError('bug', `"${program}" cannot be run as a program.`);
  if (argv.some((word) => word.includes('\0')))
    throw new MigrateError('bug', `A word of "${program}" holds a NUL byte.`);
  const mark = `migrate-${randomBytes(9).toString('hex')}`;
  const framed = [...(options.sudo ? AS_ROOT : []), 'sh', '-c', FRAME, 'sh', mark, ...argv];
  const bytes = framed.reduce((sum, word) => sum + Buffer.byteLength(word) + 3, 0);
  if (bytes > MAX_COMMAND_BYTES) {
    throw new MigrateError(
      'bug',
      `The command "${program}" is ${bytes} bytes long; such data belongs on its standard input.`,
    );
  }
  return { argv: framed, mark };
}
