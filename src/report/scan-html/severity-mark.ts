import type { Confidence, Severity } from '../../core/finding.js';
import { html, type Html } from './html.js';

/** A diamond, a triangle or a disc; hollow for what is only possible. Says nothing to a screen reader: words stand beside. */
export const severityMark = (severity: Severity, confidence: Confidence): Html =>
  html`<i class="mark ${severity}${confidence === 'possible' ? ' possible' : ''}" aria-hidden="true"></i>`;
