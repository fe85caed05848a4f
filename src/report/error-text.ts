import pc from 'picocolors';
import { MigrateError, messageOf } from '../core/errors.js';
import { printableLines } from './printable-lines.js';
import type { TextOptions } from './text-options.js';
import { wrapText } from './wrap-text.js';

export interface ErrorTextOptions extends TextOptions {
  /** With causes and stacks, for a report of a bug. */
  readonly debug?: boolean;
}

/** What a thrown thing says to the person at the terminal. */
export function errorText(thrown: unknown, options: ErrorTextOptions): string {
  const colors = pc.createColors(options.color);
  const expected = thrown instanceof MigrateError && thrown.code !== 'bug';
  const message = messageOf(thrown) || 'something failed without saying why';
  const hint = expected
    ? thrown.hint
    : `This is a bug in migrate, not in your cluster. ${options.debug ? 'Please report it with what follows.' : 'Run it again with --debug and report what it prints.'}`;
  const lines = wrapText(message, options.width, '       ', `${colors.red(colors.bold('error:'))} `);
  if (hint !== undefined) lines.push(...wrapText(hint, options.width, '      ', `${colors.bold('hint:')} `));
  if (options.debug) lines.push(...stacks(thrown));
  return `${lines.join('\n')}\n`;
}

function stacks(thrown: unknown): string[] {
  const lines: string[] = [];
  const seen = new Set<unknown>();
  for (let at = thrown; at !== undefined && !seen.has(at); at = at instanceof Error ? at.cause : undefined) {
    const text = at instanceof Error ? (at.stack ?? at.message) : messageOf(at);
    lines.push(...printableLines(seen.size === 0 ? text : `caused by ${text}`));
    seen.add(at);
  }
  return lines;
}
