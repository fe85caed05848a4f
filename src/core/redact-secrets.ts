import { secretSpans } from './secret-spans.js';
import { applySpans } from './apply-spans.js';

/** Stands where a secret was. */
const MASK = '***';

/**
 * A text without the passwords and registry credentials in it; the text itself where there are none. For what is only shown:
 * a text that is to become a file again has its secrets hidden by `hideSecrets`.
 */
export const redactSecrets = (text: string): string => applySpans(text, secretSpans(text, 'raw'), () => MASK);
