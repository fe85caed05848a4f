import { redact } from './redact.js';

/** Flags whose value is the next word. `-p` and `-u` mean too many other things to too many commands. */
const SECRET_FLAG = /^--?(?:[\w-]*-)?(?:password|passwd|passphrase|token|secret|creds)$/i;

/** A command's words, fit to be shown. */
export function redactArgv(argv: readonly string[]): string[] {
  return argv.map((word, index) => (SECRET_FLAG.test(argv[index - 1] ?? '') ? '[redacted]' : redact(word)));
}
