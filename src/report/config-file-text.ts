import type { Colors } from 'picocolors/types.js';
import { sha256 } from '../core/digest.js';
import { colorDiff } from './color-diff.js';
import type { ConfigFile } from './config-report.js';
import { fileDiff } from './file-diff.js';
import { printable } from './printable.js';
import { printableLines } from './printable-lines.js';

/** A generated file: whole where it is new, as a diff where it changes one, nothing where it stays. */
export function configFileText(file: ConfigFile, colors: Colors): string[] {
  const { path, before, content } = file;
  const title = colors.dim(`── ${printable(path)}`);
  if (before === undefined) return [title, ...printableLines(content), ''];
  const after = sha256(content);
  const diff = fileDiff(
    { ...file, sha256: after, before: { sha256: sha256(before), content: before } },
    { [after]: content },
  );
  return diff === undefined ? [] : [title, ...colorDiff(diff, colors), ''];
}
