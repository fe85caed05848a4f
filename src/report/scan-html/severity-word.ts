import type { Severity } from '../../core/finding.js';

export const severityWord: Readonly<Record<Severity, string>> = { error: 'Error', warning: 'Warning', note: 'Note' };
