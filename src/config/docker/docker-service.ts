import type { SettingAnswer } from '../../core/conversion.js';
import type { FileFacts, UnitFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import type { ProxyVariable, RuntimeTarget, ServiceDirective } from '../runtime-intent.js';
import { runtimeDropIn, RUNTIME_UNITS, SERVICE_DROP_IN } from '../systemd/runtime-drop-ins.js';
import { saidAlready } from '../systemd/said-already.js';
import { sinceReset, unitEntries, type PlacedEntry } from '../systemd/unit-entries.js';
import { unitPaths } from '../systemd/unit-paths.js';
import { unitEnvironmentValues } from '../systemd/unit-environment-values.js';
import { directiveReading } from './directive-reading.js';
import { dockerUnitFiles } from './docker-unit-files.js';
import { inheritedLimits } from './inherited-limits.js';
import type { ServiceReading } from './service-reading.js';
import { variableReading } from './variable-reading.js';

export interface DockerServiceInput {
  readonly files: Readonly<Record<string, FileFacts>>;
  /** docker.service; undefined where systemd was not asked. */
  readonly unit: UnitFacts | undefined;
  readonly target: RuntimeTarget;
}

export interface DockerService {
  readonly proxies: readonly ProxyVariable[];
  readonly directives: readonly ServiceDirective[];
  readonly settings: readonly SettingAnswer[];
  readonly notices: readonly Notice[];
}

/**
 * What docker.service gives dockerd besides its flags, and what the new runtime's unit is to have of it: proxies wherever they
 * are set, and of all else what an administrator set, not what came with Docker's package.
 */
export function dockerService({ files, unit, target }: DockerServiceInput): DockerService {
  const entries = unitEntries(dockerUnitFiles(files, unit), files);
  const { values, unread } = unitEnvironmentValues(entries, files);
  // A variable of the command line is a row of the flags it holds.
  const command = sinceReset(entries, 'Service', 'ExecStart').at(-1)?.value ?? '';
  const ofCommand = new Set(Array.from(command.matchAll(/\$\{?([A-Za-z_]\w*)/g), ([, name]) => name));
  const runtimePaths = unitPaths(RUNTIME_UNITS[target.kind], files, undefined);
  const runtime = unitEntries(
    runtimePaths.filter((path) => path !== runtimeDropIn(target, SERVICE_DROP_IN)),
    files,
  );
  const readings: readonly ServiceReading[] = [
    ...values.filter(({ name }) => !ofCommand.has(name)).flatMap((value) => variableReading(value, target)),
    ...effective(entries)
      .filter(({ path }) => isAdministrators(path))
      .flatMap((entry) => directiveReading(entry, target))
      .map((reading) => unlessSaid(reading, runtime)),
  ];
  const stays = target.kind === 'cri-dockerd';
  const vendor = stays
    ? []
    : inheritedLimits(
        entries.filter(({ path }) => !isAdministrators(path)),
        files,
        target,
      );
  return {
    proxies: readings.flatMap(({ proxy }) => (proxy === undefined || stays ? [] : [proxy])),
    directives: stays ? [] : [...readings.flatMap(({ directives = [] }) => directives), ...vendor],
    settings: readings.map((reading) => answerOf(reading, stays)),
    notices: stays ? [] : [...unread.map(notRead), ...readings.flatMap(noticeOf)],
  };
}

/** What the new runtime's unit says by itself needs no drop-in. */
function unlessSaid(reading: ServiceReading, runtime: readonly PlacedEntry[]): ServiceReading {
  const [directive, more] = reading.directives ?? [];
  if (directive === undefined || more !== undefined || reading.outcome !== 'systemd') return reading;
  const said = saidAlready(directive, runtime);
  if (said.says !== 'same' && said.says !== 'more') return reading;
  const note =
    said.says === 'same'
      ? "the new runtime's unit says the same"
      : `the new runtime's unit has ${said.value}, which stays`;
  return { ...reading, outcome: 'not-needed', target: '', note, directives: [] };
}

const isAdministrators = (path: string): boolean => path.startsWith('/etc/');

/** Keys of which every assignment counts; of all others it is the last. */
const LISTS: ReadonlySet<string> = new Set([
  ...['After', 'Before', 'Requires', 'Wants', 'BindsTo', 'Requisite', 'PartOf', 'Upholds', 'Conflicts'],
  ...[
    'RequiresMountsFor',
    'WantsMountsFor',
    'CPUAffinity',
    'ExecStartPre',
    'ExecStartPost',
    'ExecStopPost',
    'ExecStop',
  ],
  ...[
    'ExecReload',
    'ExecCondition',
    'PassEnvironment',
    'ReadWritePaths',
    'ReadOnlyPaths',
    'InaccessiblePaths',
    'BindPaths',
  ],
  ...['OnFailure', 'DeviceAllow', 'IPAddressAllow', 'IPAddressDeny', 'SystemCallFilter'],
]);

/** Dependencies cannot be taken back by an empty value. */
const isDependency = (section: string): boolean => section === 'Unit';

function effective(entries: readonly PlacedEntry[]): readonly PlacedEntry[] {
  return entries.filter((entry, index) => {
    const { section, key, value } = entry;
    if (value === '') return false;
    const rest = entries.slice(index + 1).filter((other) => other.section === section && other.key === key);
    // systemd leaves a limit as it was where an empty one comes after it.
    if (key.startsWith('Limit')) return rest.every((other) => other.value === '');
    if (LISTS.has(key)) return isDependency(section) || rest.every((other) => other.value !== '');
    return rest.length === 0;
  });
}

const answerOf = ({ entry, key, value, outcome, target, note }: ServiceReading, stays: boolean): SettingAnswer =>
  stays
    ? { source: entry.path, key, value, outcome: 'not-needed', target: '', note: 'Docker stays, and its unit as it is' }
    : { source: entry.path, key, value, outcome, target, note };

function noticeOf({ entry, key, outcome, note, fix }: ServiceReading): readonly Notice[] {
  if (outcome !== 'warning') return [];
  const message = `${key} of ${entry.path}, line ${entry.line}: ${note}`;
  return [{ gate: 'docker-service', level: 'warning', message, fix: fix ?? 'see whether the new runtime needs it' }];
}

const notRead = (path: string): Notice => ({
  gate: 'docker-service',
  level: 'warning',
  message: `${path}, which docker.service reads variables from, was not read`,
  fix: 'see whether it sets a proxy or flags of dockerd',
});
