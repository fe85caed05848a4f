import type { Colors, Formatter } from 'picocolors/types.js';
import type { Severity } from '../../core/finding.js';

/** The colour of a severity in a terminal. */
export function severityPaint(severity: Severity, colors: Colors): Formatter {
  switch (severity) {
    case 'error':
      return colors.red;
    case 'warning':
      return colors.yellow;
    case 'note':
      return colors.cyan;
  }
}
