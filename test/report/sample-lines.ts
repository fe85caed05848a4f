import type { SourceLine } from '../../src/report/scan-html/source-lines-html.js';
import { SAMPLE_FILES } from '../fixtures/scan-files.js';

/** Two lines of a sample file on either side of one. */
export const sampleLines = (file: string, line: number): SourceLine[] =>
  (SAMPLE_FILES[file]?.split('\n') ?? [])
    .map((text, index) => ({ line: index + 1, text }))
    .filter((other) => Math.abs(other.line - line) <= 2);
