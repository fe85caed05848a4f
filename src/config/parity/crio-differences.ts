import type { AnnouncedDifference } from '../../core/conversion.js';
import { crioCapabilities } from '../crio/crio-capabilities.js';
import { crioSetting, type CrioSetting } from '../crio/crio-setting.js';
import { dockerCapabilities } from '../docker/docker-capabilities.js';
import type { DifferencesInput } from './announced-differences.js';

const NEEDED_BY: Readonly<Record<string, string>> = {
  NET_RAW: 'ping and other raw sockets',
  SYS_CHROOT: 'chroot',
  MKNOD: 'making device files',
  AUDIT_WRITE: 'writing to the audit log, as sshd and sudo do',
  SETFCAP: 'giving capabilities to files, as some installations of packages do',
};

/** What containers of CRI-O have otherwise than those of Docker and of containerd. */
export function crioDifferences({ target, crioEffective }: DifferencesInput): AnnouncedDifference[] {
  const setting = (key: string): CrioSetting => crioSetting(crioEffective ?? '', ['crio', 'runtime', key]);
  const found: AnnouncedDifference[] = [...capabilities(crioCapabilities(crioEffective))];
  const inheritable = setting('add_inheritable_capabilities');
  const { major, minor } = target.version;
  const older = major === 1 && minor < 24;
  if (older || (inheritable.said !== 'nothing' && inheritable.value === true)) {
    const note = 'CRI-O makes the capabilities of a container inheritable, which Docker no longer does';
    found.push({ aspect: 'inheritable-capabilities', note });
  }
  const unset = setting('seccomp_use_default_when_empty');
  if (minor >= 24 && minor <= 29 && !(unset.said !== 'nothing' && unset.value === false)) {
    const note = `a container that asks for no seccomp profile gets CRI-O's own, which forbids some system calls, where Docker gave it none`;
    found.push({ aspect: 'seccomp', note });
  }
  const pids = pidsLimit(setting('pids_limit'), older);
  if (pids > 0) {
    const note = `a container may have ${pids} processes and threads, where Docker set no limit (pids_limit of crio.conf)`;
    found.push({ aspect: 'pids-limit', note });
  }
  return [
    ...found,
    { aspect: 'environment:TERM', note: 'CRI-O sets TERM=xterm in every container' },
    { aspect: 'mount:/run/.containerenv', note: 'CRI-O mounts an empty file /run/.containerenv' },
    { aspect: 'mount:/run/secrets*', note: 'CRI-O mounts what mounts.conf of the distribution says' },
    ...environment(setting('default_env')),
  ];
}

function capabilities(given: readonly string[]): AnnouncedDifference[] {
  const lost = dockerCapabilities
    .filter((name) => !given.includes(name))
    .toSorted()
    .map((name) => ({
      aspect: `capability:${name}`,
      note: `a container no longer has ${name}${NEEDED_BY[name] === undefined ? '' : `, needed for ${NEEDED_BY[name]}`}: a pod that needs it adds it to its securityContext`,
    }));
  const gained = given
    .filter((name) => !dockerCapabilities.includes(name))
    .map((name) => ({ aspect: `capability:${name}`, note: `default_capabilities of crio.conf adds ${name}` }));
  return [...lost, ...gained];
}

/** 1024 up to 1.23, none from 1.24 on. */
function pidsLimit(setting: CrioSetting, older: boolean): number {
  if (setting.said === 'nothing') return older ? 1024 : 0;
  return typeof setting.value === 'bigint' || typeof setting.value === 'number' ? Number(setting.value) : 0;
}

/** Names alone: what they are set to may be a secret. */
function environment(setting: CrioSetting): AnnouncedDifference[] {
  if (setting.said === 'nothing' || !Array.isArray(setting.value)) return [];
  return setting.value.flatMap((one) => {
    const name = typeof one === 'string' ? (one.split('=')[0] ?? '') : '';
    return name === '' ? [] : [{ aspect: `environment:${name}`, note: `default_env of crio.conf sets ${name}` }];
  });
}
