import { PROBE_SCRIPT } from '../../../src/config/parity/probe-script.js';
import type { Machine } from './machine.js';

export const isProbe = (script: string): boolean => script === PROBE_SCRIPT;

/** What the probe's script prints of a container of Docker, which has no pid here, or of another runtime. */
export function probeOutput(machine: Machine, [pid = '', container = '', log = '']: readonly string[]): string {
  const { docker, files, processes, fewFiles } = machine;
  const ofDocker = pid === '';
  const own = ofDocker ? (docker.containers().find(({ id }) => id === container)?.pid ?? 0) : Number(pid);
  if (!processes.runs(own)) throw new Error(`sh: 9: cd: can't cd to /proc/${own}`);
  const link = files.entry(log, false);
  const target = link?.type === 'symlink' ? link.target : link === undefined ? 'none' : 'file';
  const parts = {
    status: `Name:\tpause\nUmask:\t0022\nUid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nGroups:\t0 \n${CAPABILITIES}\nNoNewPrivs:\t0\nSeccomp:\t2`,
    limits: `Limit                     Soft Limit           Hard Limit           Units\nMax open files            ${!ofDocker && fewFiles ? '1024                 524288 ' : '1048576              1048576'}              files`,
    cgroup: `4:memory:/kubepods/besteffort/${container}\n2:pids:/kubepods/besteffort/${container}\n1:name=systemd:/x`,
    mountinfo: '840 823 0:77 / /dev/shm rw,nosuid,nodev,noexec,relatime - tmpfs shm rw,size=65536k',
    oom_score_adj: '1000',
    label: '',
    environ: 'PATH=/bin\nHOSTNAME=parity',
    namespace: 'cgroup:[4026531835]\ncgroup:[4026531835]',
    'resolv.conf': 'search svc.cluster.local\nnameserver 10.96.0.10\noptions ndots:5',
    hostname: 'parity',
    devices: 'null\nzero',
    'pids.max': 'max',
    sysctl: `/proc/sys/net/ipv4/ip_unprivileged_port_start:${ofDocker ? 0 : 1024}\n/proc/sys/net/ipv4/ping_group_range:${ofDocker ? '0\t2147483647' : '1\t0'}`,
    log: target,
    driver: ofDocker ? 'json-file' : 'cri',
    end: '',
  };
  return Object.entries(parts)
    .map(([name, text]) => `\n--- ${name}\n${text}\n`)
    .join('');
}

const CAPABILITIES = ['Inh:\t0', 'Eff:\ta80425fb', 'Bnd:\ta80425fb'].map((one) => `Cap${one}`).join('\n');
