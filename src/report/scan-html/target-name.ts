import type { TargetRuntime } from '../../core/scan-report.js';

/** The runtime as its project writes it. */
export const targetName = (target: TargetRuntime): string => (target === 'crio' ? 'CRI-O' : target);
