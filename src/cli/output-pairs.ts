import { MigrateError } from '../core/errors.js';

export interface OutputPair<F extends string> {
  readonly format: F;
  /** Undefined for stdout. */
  readonly file: string | undefined;
}

/**
 * `--format a --output x --format b`: the n-th format goes to the n-th file, formats without one to stdout.
 * Errors: `usage` when two results would go to the same place, or a file has no format.
 */
export function outputPairs<F extends string>(
  formats: readonly F[],
  files: readonly string[],
  fallback: F,
): readonly OutputPair<F>[] {
  const named = formats.length === 0 ? [fallback] : formats;
  if (files.length > named.length) {
    throw new MigrateError(
      'usage',
      `${files.length} files are named by --output, and ${named.length} formats by --format`,
      {
        hint: 'Each --output belongs to the --format at the same position.',
      },
    );
  }
  const pairs = named.map((format, index): OutputPair<F> => ({
    format,
    file: files[index] === '-' ? undefined : files[index],
  }));
  const twice = pairs.find(({ file }, index) => pairs.findIndex((other) => other.file === file) !== index);
  if (twice !== undefined) {
    throw new MigrateError('usage', `two results would go to ${twice.file ?? 'stdout'}`, {
      hint: 'Give each --format but one an --output of its own.',
    });
  }
  return pairs;
}
