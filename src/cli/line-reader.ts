import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { redactSecrets } from '../core/redact-secrets.js';
import type { ScanReport } from '../core/scan-report.js';
import { decodeText } from '../manifests/decode-text.js';

/**
 * Lines of the files in a report, to be shown beside what was found in them; undefined for what is no file here, and for
 * lines of a Secret, of which nothing is shown.
 */
export function lineReader({ findings }: ScanReport, from: string): (file: string, line: number) => string | undefined {
  const hidden = new Set(findings.filter(({ object }) => object.kind === 'Secret').map(({ file }) => file));
  let open: { readonly file: string; readonly lines: readonly string[] } | undefined;
  return (file, line) => {
    if (hidden.has(file)) return undefined;
    // Reports go through files one after the other.
    if (open?.file !== file) open = { file, lines: linesOf(resolve(from, file)) };
    const text = open.lines[line - 1];
    return text === undefined ? undefined : redactSecrets(text);
  };
}

function linesOf(path: string): readonly string[] {
  try {
    const decoded = decodeText(readFileSync(path));
    return 'text' in decoded ? decoded.text.split(/\r?\n/) : [];
  } catch {
    return [];
  }
}
