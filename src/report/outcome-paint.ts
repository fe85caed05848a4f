import type { Colors, Formatter } from 'picocolors/types.js';
import type { Outcome } from '../core/conversion.js';

/** The colour of what becomes of a setting. */
export function outcomePaint(outcome: Outcome, colors: Colors): Formatter {
  switch (outcome) {
    case 'refused':
      return colors.red;
    case 'warning':
      return colors.yellow;
    case 'converted':
      return colors.green;
    case 'kubelet':
    case 'systemd':
      return colors.cyan;
    case 'not-needed':
      return colors.dim;
  }
}
