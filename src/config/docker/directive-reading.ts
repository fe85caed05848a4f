import type { RuntimeTarget, ServiceDirective } from '../runtime-intent.js';
import { runtimeDropIn, SERVICE_DROP_IN } from '../systemd/runtime-drop-ins.js';
import type { PlacedEntry } from '../systemd/unit-entries.js';
import { unitWords } from '../text/unit-words.js';
import type { ServiceReading } from './service-reading.js';

/** What becomes of a directive that an administrator gave docker.service; nothing for one that is read elsewhere. */
export function directiveReading(entry: PlacedEntry, target: RuntimeTarget): readonly ServiceReading[] {
  const { section, key, value } = entry;
  const base = { entry, key, value };
  const moot = (note: string): readonly ServiceReading[] => [{ ...base, outcome: 'not-needed', target: '', note }];
  const place = `${runtimeDropIn(target, SERVICE_DROP_IN)} ${key}`;
  if (section === 'Install') return moot("it is for enabling docker.service, and the new runtime's unit has its own");
  if (section === 'Unit') {
    const words = unitWords(value);
    if (key === 'RequiresMountsFor' || key === 'WantsMountsFor') return mounts(base, words, place);
    if (DEPENDENCIES.has(key)) return dependency(base, words, place);
    return moot('it says how systemd treats docker.service itself');
  }
  if (section !== 'Service' || READ_ELSEWHERE.has(key)) return [];
  const carried = key.startsWith('Limit') ? INHERITED : CARRIED[key];
  if (carried !== undefined) {
    const directives: readonly ServiceDirective[] = [{ section: 'Service', key, value }];
    return [{ ...base, outcome: 'systemd', target: place, note: carried, directives }];
  }
  if (OF_THE_PROCESS.has(key)) return moot('it says how systemd starts and stops dockerd itself');
  const fix = `write it into a drop-in of the new runtime's unit, if it is needed there`;
  return [
    { ...base, outcome: 'warning', target: '', note: LOST[key] ?? "the new runtime's unit does not get it", fix },
  ];
}

type Base = Pick<ServiceReading, 'entry' | 'key' | 'value'>;

const isOfDocker = (path: string): boolean => /^\/(?:var\/lib|run|var\/run)\/docker(?:\/|$)/.test(path);

function mounts(base: Base, paths: readonly string[], place: string): readonly ServiceReading[] {
  const others = paths.filter((path) => !isOfDocker(path));
  if (others.length === 0) {
    const note = "it is Docker's own directory, and the new runtime has another";
    return [{ ...base, outcome: 'not-needed', target: '', note }];
  }
  const directives = [{ section: 'Unit' as const, key: base.key, value: others.join(' ') }];
  return [
    { ...base, outcome: 'systemd', target: place, note: 'the new runtime waits for the same mounts', directives },
  ];
}

const DEPENDENCIES: ReadonlySet<string> = new Set(['After', 'Requires', 'Wants', 'BindsTo', 'Requisite', 'Upholds']);

/** What every runtime's unit waits for by itself, or has nothing to do with. */
const USUAL =
  /^(?:(?:network|network-online|local-fs|remote-fs|basic|sysinit|multi-user|time-sync|nss-lookup)\.target|docker.*|containerd\.service|firewalld\.service|iptables\.service|dbus\.(?:service|socket)|lvm2-.*|docker-storage-setup\.service|rhel-push-plugin\.socket|registries\.service|var-lib-docker\.(?:auto)?mount)$/;

function dependency(base: Base, units: readonly string[], place: string): readonly ServiceReading[] {
  const unusual = units.filter((unit) => !USUAL.test(unit));
  const mountUnits = unusual.filter((unit) => /\.(?:auto)?mount$/.test(unit));
  const others = unusual.filter((unit) => !mountUnits.includes(unit));
  const directives =
    mountUnits.length === 0 ? [] : [{ section: 'Unit' as const, key: base.key, value: mountUnits.join(' ') }];
  const target = mountUnits.length === 0 ? '' : place;
  if (others.length > 0) {
    const note = `the new runtime is started without regard to ${others.join(', ')}`;
    const fix = `add ${base.key}=${others.join(' ')} to a drop-in of the new runtime's unit, if it needs what they do`;
    return [{ ...base, outcome: 'warning', target, note, fix, directives }];
  }
  if (directives.length > 0)
    return [{ ...base, outcome: 'systemd', target, note: 'the new runtime waits for the same mounts', directives }];
  return [{ ...base, outcome: 'not-needed', target: '', note: "the new runtime's unit has its own order of starting" }];
}

/** Proxies and flags are rows of their own. */
const READ_ELSEWHERE: ReadonlySet<string> = new Set([
  'ExecStart',
  'Environment',
  'EnvironmentFile',
  'UnsetEnvironment',
]);

const INHERITED = "containers inherit the limit from the new runtime's service";

const CARRIED: Readonly<Record<string, string>> = {
  TasksMax: "it is for the processes in the service's own cgroup, not for those in pods",
  OOMScoreAdjust: 'it is the standing of the daemon itself; pods get theirs from the kubelet',
  Slice: "the service runs in the same slice, which the kubelet's --runtime-cgroups has to name where it is set",
  CPUAffinity: 'the runtime runs on the same processors',
  NUMAPolicy: 'the runtime gets its memory in the same way',
  NUMAMask: 'the runtime gets its memory in the same way',
  MountFlags: 'mounts reach the runtime, and those of containers the node, as with Docker',
  Nice: 'the runtime has the same priority',
  CPUSchedulingPolicy: 'the runtime has the same priority',
  CPUSchedulingPriority: 'the runtime has the same priority',
  IOSchedulingClass: 'the runtime has the same priority on disks',
  IOSchedulingPriority: 'the runtime has the same priority on disks',
};

const OF_THE_PROCESS: ReadonlySet<string> = new Set([
  ...['Type', 'Restart', 'RestartSec', 'TimeoutSec', 'TimeoutStartSec', 'TimeoutStopSec', 'StartLimitBurst'],
  ...['StartLimitInterval', 'StartLimitIntervalSec', 'KillMode', 'KillSignal', 'Delegate', 'NotifyAccess', 'PIDFile'],
  ...['SendSIGKILL', 'WatchdogSec', 'GuessMainPID', 'SuccessExitStatus', 'RestartPreventExitStatus', 'ExecReload'],
  ...[
    'StandardOutput',
    'StandardError',
    'StandardInput',
    'SyslogIdentifier',
    'SyslogFacility',
    'ExecStop',
    'User',
    'Group',
  ],
  ...['RuntimeDirectory', 'StateDirectory', 'WorkingDirectory', 'UMask', 'PermissionsStartOnly', 'RemainAfterExit'],
]);

const COMMAND = 'this command is not run with the new runtime';

const LOST: Readonly<Record<string, string>> = {
  ExecStartPre: COMMAND,
  ExecStartPost: COMMAND,
  ExecStopPost: COMMAND,
  ExecCondition: COMMAND,
  PassEnvironment: 'the new runtime is started without these variables',
};
