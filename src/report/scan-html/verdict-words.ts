import type { Finding, Severity } from '../../core/finding.js';
import type { ScanReport } from '../../core/scan-report.js';
import { counted } from '../counted.js';
import type { ScanSubject } from './scan-subjects.js';
import { targetName } from './target-name.js';

export interface VerdictWords {
  readonly tone: Severity | 'clean' | 'unknown';
  readonly headline: string;
  /** Sentences; empty when the headline says it all. */
  readonly details: readonly string[];
}

// Everything else with a name in a cluster runs pods, or makes what does: kinds of custom resources cannot be listed.
const RUNS_NOTHING =
  /^(ConfigMap|Secret|Service|Endpoints|EndpointSlice|Ingress|Namespace|PersistentVolume|PersistentVolumeClaim|StorageClass|SecurityContextConstraints|PrometheusRule|ConstraintTemplate|\w*Policy|(Cluster)?Role(Binding)?|(?!Deployment|Build)\w+(Config|Configuration))$/;

/** What the scan comes to, in words for someone who reads nothing else. */
export function verdictWords(report: ScanReport, subjects: readonly ScanSubject[]): VerdictWords {
  const target = targetName(report.target);
  const having = (test: (finding: Finding) => boolean): ScanSubject[] =>
    subjects.filter(({ findings }) => findings.some((finding) => finding.suppressed === undefined && test(finding)));
  const breaking = having(({ severity, confidence }) => severity === 'error' && confidence === 'definite');
  const maybe = having(({ severity }) => severity === 'error').filter((subject) => !breaking.includes(subject));

  if (breaking.length > 0) {
    const { running, lying } = divided(breaking);
    const [first, second] = running === '' ? [`Configuration in ${lying}`, ''] : [running, lying];
    return {
      tone: 'error',
      headline: `${first} will break on ${target}`,
      details: [
        ...(second === '' ? [] : [`So will configuration in ${second}.`]),
        ...(maybe.length === 0 ? [] : [`${sentence(maybe)} may break as well: what was found there is inconclusive.`]),
      ],
    };
  }
  if (maybe.length > 0) {
    return {
      tone: 'error',
      headline: `${sentence(maybe)} may break on ${target}`,
      details: ['Nothing is certain to break.'],
    };
  }
  const warned = having(({ severity }) => severity === 'warning');
  if (warned.length > 0) {
    return { tone: 'warning', headline: `${sentence(warned)} will not be quite the same on ${target}`, details: [] };
  }
  const noted = having(() => true);
  if (noted.length > 0) {
    return { tone: 'note', headline: `Nothing breaks on ${target}`, details: [`Left-overs: ${listed(noted)}.`] };
  }
  return withoutFindings(report, target);
}

function withoutFindings({ summary, errors, undecided }: ScanReport, target: string): VerdictWords {
  if (summary.files + summary.objects + summary.pods + summary.nodes === 0) {
    return { tone: 'unknown', headline: 'Nothing was scanned', details: [] };
  }
  if (errors.length + undecided.length > 0) {
    return { tone: 'unknown', headline: 'Nothing that was looked at depends on Docker', details: [] };
  }
  if (summary.suppressed > 0) {
    const details = [`What was found is suppressed: ${counted(summary.suppressed, 'finding')}.`];
    return { tone: 'clean', headline: `Nothing is left to do for ${target}`, details };
  }
  return { tone: 'clean', headline: `Nothing depends on Docker: ready for ${target}`, details: [] };
}

/** `12 workloads and 2 nodes`, and beside them what runs nothing by itself. */
function divided(subjects: readonly ScanSubject[]): { readonly running: string; readonly lying: string } {
  const nouns = subjects.map(({ object }) => noun(object.kind));
  const count = (one: string): string[] => {
    const some = nouns.filter((other) => other === one).length;
    return some === 0 ? [] : [counted(some, one)];
  };
  return {
    running: [...count('workload'), ...count('node')].join(' and '),
    lying: [...count('file'), ...count('other object')].join(' and '),
  };
}

function noun(kind: string): 'workload' | 'node' | 'file' | 'other object' {
  if (kind === 'Node') return 'node';
  if (kind === 'File') return 'file';
  return RUNS_NOTHING.test(kind) ? 'other object' : 'workload';
}

function listed(subjects: readonly ScanSubject[]): string {
  const { running, lying } = divided(subjects);
  return [running, lying].filter(Boolean).join(' and ');
}

const sentence = (subjects: readonly ScanSubject[]): string =>
  divided(subjects).running === '' ? `Configuration in ${listed(subjects)}` : listed(subjects);
