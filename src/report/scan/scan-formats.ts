import type { RuleInfo } from '../../core/rule-info.js';
import type { ScanReport } from '../../core/scan-report.js';
import type { TextOptions } from '../text-options.js';
import type { LineOf } from './line-of.js';

export const SCAN_FORMATS = ['text', 'json', 'sarif', 'junit', 'markdown', 'html', 'github', 'gitlab'] as const;

export type ScanFormat = (typeof SCAN_FORMATS)[number];

/** What a format may need besides the report. */
export interface ScanFormatContext extends TextOptions {
  readonly rules: readonly RuleInfo[];
  readonly showSuppressed: boolean;
  readonly lineOf?: LineOf;
  /** Of this tool. */
  readonly version?: string;
  /** RFC 3339, in UTC. */
  readonly generatedAt?: string;
  /** Of Markdown, in UTF-8. */
  readonly maxBytes?: number;
}

export type ScanFormatter = (report: ScanReport, context: ScanFormatContext) => string;

/** What writes a report in a format. Loaded when it is asked for: a scan needs one of eight, and some are big. */
export async function scanFormat(format: ScanFormat): Promise<ScanFormatter> {
  switch (format) {
    case 'text': {
      const { scanText } = await import('./scan-text.js');
      return scanText;
    }
    case 'json': {
      const { scanJson } = await import('./scan-json.js');
      return scanJson;
    }
    case 'sarif': {
      const { scanSarif } = await import('./scan-sarif.js');
      return (report, context) => scanSarif(report, context.rules, context);
    }
    case 'junit': {
      const { scanJunit } = await import('./scan-junit.js');
      return (report, { rules }) => scanJunit(report, rules);
    }
    case 'markdown': {
      const { scanMarkdown } = await import('./scan-markdown.js');
      return (report, context) => scanMarkdown(report, context.rules, context);
    }
    case 'html': {
      const { scanHtml } = await import('../scan-html/scan-html.js');
      const { linesAround } = await import('./lines-around.js');
      return (report, { rules, generatedAt, lineOf }) =>
        scanHtml(report, rules, {
          ...(generatedAt === undefined ? {} : { generatedAt }),
          ...(lineOf === undefined ? {} : { lineOf: linesAround(lineOf) }),
        });
    }
    case 'github': {
      const { scanGithub } = await import('./scan-github.js');
      return (report, { rules }) => scanGithub(report, rules);
    }
    case 'gitlab': {
      const { scanGitlab } = await import('./scan-gitlab.js');
      return scanGitlab;
    }
  }
}
