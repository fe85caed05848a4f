import type { ParityFacts } from '../../core/parity.js';
import { capabilityNames } from './capability-names.js';
import { cgroupFacts } from './cgroup-facts.js';
import { limitFacts } from './limit-facts.js';
import { mountFacts } from './mount-facts.js';
import { PART } from './probe-script.js';

/** What the probe's script told, as aspects; undefined where the container ended before all of it was told. */
export function probeFacts(output: string): ParityFacts | undefined {
  const parts = partsOf(output);
  if (!parts.has('end')) return undefined;
  const part = (name: string): string => parts.get(name) ?? '';
  const status = fieldsOf(part('status'));
  return {
    ...limitFacts(part('limits')),
    ...capabilityFacts(status),
    ...statusFacts(status),
    ...labelFacts(part('label').replace(/\0/g, '').trim()),
    ...cgroupFacts(part('cgroup'), part('namespace'), part('pids.max')),
    ...dnsFacts(part('resolv.conf')),
    ...mountFacts(part('mountinfo')),
    ...sysctlFacts(part('sysctl')),
    ...environmentFacts(part('environ')),
    'oom-score-adjust': part('oom_score_adj').trim(),
    hostname: part('hostname').trim(),
    devices: part('devices').trim().split(/\s+/).sort().join(' '),
    ...logFacts(part('log').trim(), part('driver').trim()),
  };
}

function partsOf(output: string): ReadonlyMap<string, string> {
  const [, ...pieces] = `\n${output}`.split(`\n${PART}`);
  return new Map(
    pieces.map((piece) => {
      const end = piece.indexOf('\n');
      return end === -1 ? [piece, ''] : [piece.slice(0, end), piece.slice(end + 1)];
    }),
  );
}

const fieldsOf = (status: string): ReadonlyMap<string, string> =>
  new Map(
    status.split('\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    }),
  );

function capabilityFacts(status: ReadonlyMap<string, string>): ParityFacts {
  const bounding = capabilityNames(status.get('CapBnd') ?? '0');
  const effective = capabilityNames(status.get('CapEff') ?? '0');
  return {
    ...Object.fromEntries(bounding.map((name) => [`capability:${name}`, 'yes'])),
    ...(effective.join() === bounding.join() ? {} : { 'effective-capabilities': effective.join(' ') || 'none' }),
    'inheritable-capabilities': capabilityNames(status.get('CapInh') ?? '0').join(' ') || 'none',
  };
}

const SECCOMP: Readonly<Record<string, string>> = { '0': 'none', '1': 'strict', '2': 'filter' };

function statusFacts(status: ReadonlyMap<string, string>): ParityFacts {
  const [uid = ''] = (status.get('Uid') ?? '').split('\t');
  const [gid = ''] = (status.get('Gid') ?? '').split('\t');
  // Newer runtimes list a process' own group among the others as well: it has its rights either way.
  const groups = (status.get('Groups') ?? '').split(' ').filter((group) => group !== '' && group !== gid);
  return {
    user: `${uid}:${gid}`,
    groups: groups.join(' ') || 'none',
    umask: status.get('Umask') ?? '',
    seccomp: SECCOMP[status.get('Seccomp') ?? ''] ?? 'none',
    'no-new-privileges': status.get('NoNewPrivs') === '1' ? 'yes' : 'no',
    // What Docker puts before the image's own process where it is told to.
    init: /^(?:docker-init|tini|catatonit)$/.test(status.get('Name') ?? '') ? (status.get('Name') ?? '') : 'none',
  };
}

/** AppArmor says `docker-default (enforce)`, SELinux `system_u:system_r:container_t:s0:c1,c2` with categories of the pod's own. */
function labelFacts(label: string): ParityFacts {
  const [, , type] = label.split(':');
  if (type !== undefined) return { selinux: type };
  return { apparmor: label === '' ? 'none' : label };
}

function dnsFacts(resolvConf: string): ParityFacts {
  const words = resolvConf.split('\n').map((line) => line.trim().split(/\s+/));
  const of = (key: string): string =>
    words
      .filter(([first]) => first === key)
      .flatMap(([, ...rest]) => rest)
      .join(' ') || 'none';
  return { 'dns:nameservers': of('nameserver'), 'dns:search': of('search'), 'dns:options': of('options') };
}

const sysctlFacts = (text: string): ParityFacts =>
  Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const [, path, value] = /^\/proc\/sys\/([^:]+):(.*)$/.exec(line) ?? [];
      return path === undefined || value === undefined
        ? []
        : [[`sysctl:${path.replaceAll('/', '.')}`, value.replace(/\s+/g, ' ')]];
    }),
  );

const environmentFacts = (environ: string): ParityFacts =>
  Object.fromEntries(
    environ.split('\n').flatMap((line) => {
      const equals = line.indexOf('=');
      return equals < 1 ? [] : [[`environment:${line.slice(0, equals)}`, line.slice(equals + 1) || 'set']];
    }),
  );

/** Docker's ids in a link's target are of this container alone. */
const logFacts = (log: string, driver: string): ParityFacts => ({
  'log-path': log === 'file' || log === 'none' ? log : `link to ${log.replace(/[0-9a-f]{64}/g, '<id>')}`,
  'log-format': driver,
});
