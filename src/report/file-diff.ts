import { createTwoFilesPatch } from 'diff';
import { MigrateError } from '../core/errors.js';
import type { FileChange } from '../core/plan.js';
import { printableLines } from './printable-lines.js';

/** The lines of a unified diff from what is there to what will be; undefined where nothing changes. */
export function fileDiff(change: FileChange, contents: Readonly<Record<string, string>>): string[] | undefined {
  const after = contents[change.sha256];
  // The digest of what is there is that of the true bytes, and a text with secrets differs from them.
  if (change.before?.sha256 === change.sha256 || (after !== undefined && change.before?.content === after))
    return undefined;
  if (after === undefined) {
    throw new MigrateError('input', `The plan does not carry the text of ${printableLines(change.path).join(' ')}`, {
      hint: 'Make the plan again: migrate plan -o plan.json',
    });
  }
  const from = change.before === null ? '/dev/null' : change.path;
  const patch = createTwoFilesPatch(from, change.path, change.before?.content ?? '', after, undefined, undefined, {
    context: 3,
  });
  const lines = printableLines(patch);
  return lines.slice(lines.findIndex((line) => line.startsWith('--- ')));
}
