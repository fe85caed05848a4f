import type { ConfigReport } from './config-report.js';

/** A conversion for programs. Warnings and refusals are sentences, what to do about them included. */
export function configJson({ files, settings, notices }: ConfigReport): string {
  const sentences = (levels: readonly string[]): readonly string[] =>
    notices
      .filter(({ level }) => levels.includes(level))
      .map(({ message, fix }) => (fix === '' ? message : `${message}; ${fix}`));
  return JSON.stringify(
    {
      files: files.map(({ path, mode, content }) => ({ path, mode: mode.toString(8).padStart(4, '0'), content })),
      settings: settings.map(({ source, key, value, outcome, target, note }) => ({
        ...{ source, key, value: value ?? null, outcome, target, note },
      })),
      warnings: sentences(['warning']),
      refusals: sentences(['blocker', 'undecided']),
    },
    null,
    2,
  );
}
