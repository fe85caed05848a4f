import type { Finding } from '../../core/finding.js';
import type { ScanReport } from '../../core/scan-report.js';
import { activeFindings } from './active-findings.js';
import { countText } from './count-text.js';
import { nodeFile } from './node-file.js';
import { objectName } from './object-name.js';
import { severityCounts } from './severity-counts.js';
import { digits } from './digits.js';

/** One line that says how it ended: how much of what, in how much of what was scanned, and what was left out. */
export function scanVerdict(report: ScanReport): string {
  const { summary, undecided, errors } = report;
  const left = [
    ...(summary.suppressed > 0 ? [`${digits(summary.suppressed)} suppressed`] : []),
    ...(undecided.length > 0 ? [`${digits(undecided.length)} undecided`] : []),
    ...(errors.length > 0 ? [`${digits(errors.length)} not scanned in full`] : []),
  ];
  const rest = left.length === 0 ? '' : `; ${left.join(', ')}`;
  const active = activeFindings(report.findings);
  if (active.length > 0) return `${severityCounts(summary.bySeverity)} in ${places(active, report)}${rest}`;
  return `No dependency on Docker found${scanned(report)}${rest}.`;
}

function places(active: readonly Finding[], { summary }: ScanReport): string {
  const files = new Set<string>();
  const objects = new Set<string>();
  const nodes = new Set<string>();
  for (const { file, object, members = [object.name] } of active) {
    const onNode = file === undefined ? undefined : nodeFile(file);
    if (onNode !== undefined) nodes.add(onNode.node);
    else if (file !== undefined) files.add(file);
    else if (object.kind === 'Node') members.forEach((name) => nodes.add(name));
    else objects.add(objectName(object));
  }
  const of = (some: number, all: number, one: string): string => `${digits(some)} of ${countText(all, one)}`;
  // Among the objects counted are those in files.
  const live = summary.files > 0 ? countText(objects.size, 'live object') : of(objects.size, summary.objects, 'object');
  return listed([
    ...(files.size > 0 ? [of(files.size, summary.files, 'file')] : []),
    ...(objects.size > 0 ? [live] : []),
    ...(nodes.size > 0 ? [of(nodes.size, summary.nodes, 'node')] : []),
  ]);
}

function scanned({ summary: { files, objects, nodes } }: ScanReport): string {
  const inFiles = `${countText(files, 'file')}${objects > 0 ? ` (${countText(objects, 'object')})` : ''}`;
  const all = [
    ...(files > 0 ? [inFiles] : objects > 0 ? [countText(objects, 'object')] : []),
    ...(nodes > 0 ? [countText(nodes, 'node')] : []),
  ];
  return all.length === 0 ? ': there was nothing to scan' : ` in ${listed(all)}`;
}

const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
