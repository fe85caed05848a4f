import type { GeneratedFile } from '../../core/conversion.js';
import type { Notice } from '../../core/plan.js';
import type { RuntimeIntent, RuntimeTarget, ServiceDirective, UlimitIntent } from '../runtime-intent.js';
import { environmentLine } from './environment-line.js';
import { readLater } from './read-later.js';
import { saidAlready } from './said-already.js';
import type { PlacedEntry } from './unit-entries.js';

interface ServiceDropInInput {
  readonly intent: RuntimeIntent;
  readonly target: RuntimeTarget;
  readonly path: string;
  /** Of the runtime's unit as it is, without the drop-in at the path. */
  readonly entries: readonly PlacedEntry[];
  readonly runtimeUnit: string;
}

interface Wanted extends ServiceDirective {
  /** What containers really had, so that less than the unit has is meant. */
  readonly exact: boolean;
}

/** The limits, and the directives of docker.service that the new runtime is to have as well. */
export function serviceDropIn({ intent, target, path, entries, runtimeUnit }: ServiceDropInInput): {
  readonly files: readonly GeneratedFile[];
  readonly notices: readonly Notice[];
} {
  const notices: Notice[] = [];
  const written = wantedOf(intent, target).filter((directive) => {
    const answer = against(directive, entries, path, runtimeUnit);
    notices.push(...answer.notices);
    return answer.write;
  });
  if (target.kind === 'containerd') notices.push(...fewFiles(intent.ulimits, runtimeUnit));
  if (written.length === 0) return { files: [], notices };
  const sections = (['Unit', 'Service'] as const).flatMap((section) => {
    const lines = written.filter((one) => one.section === section).map((one) => `${lineOf(one)}\n`);
    return lines.length === 0 ? [] : [`[${section}]\n${lines.join('')}`];
  });
  const why = "limits and directives that containers have from Docker's own service";
  return { files: [{ group: 'runtime', path, mode: 0o644, content: sections.join('\n'), why }], notices };
}

function wantedOf({ ulimits, serviceDirectives, oomScoreAdjust }: RuntimeIntent, { kind }: RuntimeTarget): Wanted[] {
  const limits: Wanted[] = kind === 'containerd' ? ulimits.map(limitOf) : [];
  const settled = new Set(limits.map(({ key }) => key));
  const score: Wanted[] =
    kind !== 'crio' || oomScoreAdjust === undefined
      ? []
      : [{ section: 'Service', key: 'OOMScoreAdjust', value: String(oomScoreAdjust), exact: false }];
  const others = serviceDirectives
    .filter(({ key }) => !settled.has(key) && !(key === 'OOMScoreAdjust' && score.length > 0))
    .map((directive) => ({ ...directive, exact: false }));
  return [...limits, ...score, ...others];
}

const limitOf = ({ name, soft, hard }: UlimitIntent): Wanted => {
  // systemd knows no infinity for it, and 40 allows every priority.
  const unlimited = name === 'nice' ? '40' : 'infinity';
  const said = (value: number): string => (value === -1 ? unlimited : String(value));
  const value = soft === -1 && hard === -1 ? unlimited : `${said(soft)}:${said(hard)}`;
  return { section: 'Service', key: `Limit${name.toUpperCase()}`, value, exact: true };
};

/** Whether a directive is to be written, with regard to what the unit says already. */
function against(
  wanted: Wanted,
  entries: readonly PlacedEntry[],
  path: string,
  runtimeUnit: string,
): { readonly write: boolean; readonly notices: readonly Notice[] } {
  const said = saidAlready(wanted, entries);
  if (said.says === 'nothing') return { write: true, notices: [] };
  if (said.says === 'same') return { write: false, notices: [] };
  if (said.says === 'more' && !wanted.exact) return { write: false, notices: [] };
  const { section, key, value } = wanted;
  const last = entries.findLast((one) => one.section === section && one.key === key && one.value !== '');
  const there = said.says === 'other' ? said.entry : last;
  const later = there !== undefined && readLater(there.path, path);
  if (there === undefined || (!later && !there.path.startsWith('/etc/'))) return { write: true, notices: [] };
  const notice: Notice = {
    gate: 'runtime-service',
    level: 'warning',
    message: `${there.path}, line ${there.line}, gives ${runtimeUnit} another ${key} than Docker has, and ${later ? 'is read last: it stays' : "Docker's takes its place"}`,
    fix: later ? `set ${key}=${value} there, if pods need it` : `see whether ${there.path} is still needed`,
  };
  return { write: !later, notices: [notice] };
}

const lineOf = ({ key, value }: ServiceDirective): string => {
  if (key !== 'Environment') return `${key}=${value}`;
  const equals = value.indexOf('=');
  return environmentLine(value.slice(0, equals), value.slice(equals + 1));
};

/** A daemon with many containers has more files open than one of them may need. */
const ENOUGH_FILES = 65_536;

function fewFiles(ulimits: readonly UlimitIntent[], runtimeUnit: string): readonly Notice[] {
  const { hard } = ulimits.find(({ name }) => name === 'nofile') ?? { hard: -1 };
  if (hard === -1 || hard >= ENOUGH_FILES) return [];
  return [
    {
      gate: 'runtime-service',
      level: 'warning',
      message: `containers inherit the limit of ${hard} open files from ${runtimeUnit}, which then has no more for the runtime itself`,
      fix: 'raise nofile of default-ulimits where the node has many pods',
    },
  ];
}
