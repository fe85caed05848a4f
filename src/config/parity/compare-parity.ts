import type { AnnouncedDifference } from '../../core/conversion.js';
import type { AnnouncedParityDifference, ParityDifference, ParityFacts, ParityReport } from '../../core/parity.js';

/** What differs between two probes, and which of it was announced. */
export function compareParity(
  before: ParityFacts,
  after: ParityFacts,
  announcements: readonly AnnouncedDifference[],
): Pick<ParityReport, 'compared' | 'announced' | 'unannounced'> {
  const aspects = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const announced: AnnouncedParityDifference[] = [];
  const unannounced: ParityDifference[] = [];
  for (const aspect of aspects) {
    const difference = { aspect, before: before[aspect] ?? 'none', after: after[aspect] ?? 'none' };
    if (difference.before === difference.after) continue;
    const announcement = announcements.find((one) => covers(one.aspect, aspect));
    if (announcement === undefined) unannounced.push(difference);
    else announced.push({ ...difference, note: announcement.note });
  }
  return { compared: aspects.length, announced, unannounced };
}

const covers = (announced: string, aspect: string): boolean =>
  announced.endsWith('*') ? aspect.startsWith(announced.slice(0, -1)) : aspect === announced;
