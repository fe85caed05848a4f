import { SEVERITIES, type Finding } from '../../core/finding.js';

const rank = ({ severity, confidence }: Finding): number =>
  2 * SEVERITIES.indexOf(severity) + (confidence === 'definite' ? 0 : 1);

/** By severity, of each severity what is definite first; otherwise in the order given. */
export const worstFirst = (findings: readonly Finding[]): Finding[] => [...findings].sort((a, b) => rank(a) - rank(b));
