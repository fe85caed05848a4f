import { runtimeDropIn, SERVICE_DROP_IN } from '../systemd/runtime-drop-ins.js';
import { kinds } from './setting-kinds.js';
import { unlessOff } from './unless-off.js';
import { mootRule } from './moot-rule.js';
import { NEW_PLACES } from './new-places.js';
import type { AnySettingRule, SettingReading, SettingRule } from './setting-rule.js';

const DRIVER = 'native.cgroupdriver=';

const execOpts: SettingRule<readonly string[]> = {
  key: 'exec-opts',
  flags: ['exec-opt'],
  ...kinds.list,
  what: 'options of the execution driver, the cgroup driver among them',
  docs: {
    containerd: { outcome: 'converted', becomes: '`SystemdCgroup` of every handler that is a runc' },
    crio: { outcome: 'converted', becomes: '`cgroup_manager`; with cgroupfs also `conmon_cgroup = "pod"`' },
  },
  why: 'The driver stays what the kubelet has, with which dockershim already had to agree: another one would make the cgroups of running pods invalid. Options other than `native.cgroupdriver` mean nothing on Linux.',
  read: (options, { target }) => {
    const drivers = options.filter((option) => option.startsWith(DRIVER));
    const others = options.filter((option) => !option.startsWith(DRIVER));
    const driver = drivers.at(-1)?.slice(DRIVER.length);
    const readings: SettingReading[] = [];
    if (driver === 'systemd' || driver === 'cgroupfs') {
      readings.push({
        part: '',
        value: drivers,
        outcome: 'converted',
        target:
          target.kind === 'crio'
            ? `${NEW_PLACES.crio} crio.runtime.cgroup_manager`
            : `${NEW_PLACES.containerd} containerd.runtimes.*.options.SystemdCgroup`,
        note: `containers keep the cgroup driver ${driver}`,
        intent: (intent) => ({ ...intent, cgroupDriver: driver }),
      });
    } else if (driver !== undefined) {
      readings.push({
        ...{ part: '', value: drivers, outcome: 'refused', target: '' },
        note: 'no cgroup driver but systemd and cgroupfs is known, and dockerd does not start with another',
        fix: 'write native.cgroupdriver=systemd or native.cgroupdriver=cgroupfs',
      });
    }
    if (others.length > 0) {
      readings.push({
        ...{ part: '', value: others, outcome: 'warning', target: '' },
        note: `${others.map((other) => other.split('=')[0]).join(', ')} has no counterpart; on Linux only native.cgroupdriver means something`,
        fix: 'see why it was set, and remove it',
      });
    }
    return readings;
  },
};

const defaultRuntime: SettingRule<string> = {
  key: 'default-runtime',
  flags: ['default-runtime'],
  ...kinds.text,
  what: 'the runtime of containers that name none',
  docs: {
    containerd: { outcome: 'converted', becomes: '`default_runtime_name`' },
    crio: { outcome: 'converted', becomes: '`default_runtime`' },
  },
  why: 'dockershim let Docker choose the runtime of every pod without a RuntimeClass, so that the default has to be the same. The name has to be among `runtimes`, or the new runtime does not start.',
  read: (value, { target }) => {
    if (value === 'runc' || /^io\.containerd\.runc\.v\d$/.test(value)) {
      return [
        {
          part: '',
          value,
          outcome: 'not-needed',
          target: '',
          note: 'runc is what runs pods without a RuntimeClass anyway',
        },
      ];
    }
    // Docker from 23.0 on takes a shim's name without an entry in runtimes.
    const shim = /^io\.containerd\.([a-z0-9]+)\.v\d+$/.exec(value)?.[1];
    const name = shim ?? value;
    return [
      {
        ...{ part: '', value, outcome: 'converted' },
        target:
          target.kind === 'crio'
            ? `${NEW_PLACES.crio} crio.runtime.default_runtime`
            : `${NEW_PLACES.containerd} containerd.default_runtime_name`,
        note: `pods without a RuntimeClass go on being run by ${name}`,
        intent: (intent) => ({
          ...intent,
          defaultRuntime: name,
          handlers:
            shim === undefined || intent.handlers.some((handler) => handler.name === name)
              ? intent.handlers
              : [...intent.handlers, { name, path: undefined, args: [], type: value, options: {} }],
        }),
      },
    ];
  },
};

const oomScoreAdjust: SettingRule<number> = {
  key: 'oom-score-adjust',
  flags: ['oom-score-adjust'],
  until: '25.0',
  ...kinds.integer,
  what: "the daemon's standing when memory runs out",
  docs: {
    containerd: { outcome: 'converted', becomes: '`oom_score`, if that is lower than what its unit says' },
    crio: { outcome: 'systemd', becomes: '`OOMScoreAdjust=` of crio.service' },
  },
  why: "It is the daemon's own, not the containers': those get theirs from the kubelet by their class of service. Packages start containerd with -999 already.",
  read: (value, { target }) => {
    if (value === -500 || value === 0) {
      return [
        {
          part: '',
          value,
          outcome: 'not-needed',
          target: '',
          note: "it is Docker's default for the daemon itself; pods get theirs from the kubelet",
        },
      ];
    }
    if (value < -1000 || value > 1000) {
      return [
        {
          part: '',
          value,
          outcome: 'refused',
          target: '',
          note: 'the kernel knows scores from -1000 to 1000',
          fix: 'set a number in this range',
        },
      ];
    }
    return [
      {
        ...{ part: '', value, outcome: target.kind === 'crio' ? 'systemd' : 'converted' },
        target:
          target.kind === 'crio'
            ? `${runtimeDropIn(target, SERVICE_DROP_IN)} OOMScoreAdjust`
            : `${NEW_PLACES.containerd} oom_score`,
        note: 'it is the standing of the daemon itself, which stays as it is where that is lower; pods get theirs from the kubelet',
        intent: (intent) => ({ ...intent, oomScoreAdjust: value }),
      },
    ];
  },
};

const init: SettingRule<boolean> = initRule('init', ['init']);

function initRule(key: string, flags: readonly string[]): SettingRule<boolean> {
  const lost = { outcome: 'warning', becomes: 'lost: nothing reaps orphaned processes in containers' } as const;
  return {
    ...{ key, flags, ...kinds.boolean },
    what: 'an init process in every container',
    docs: { containerd: lost, crio: lost },
    why: 'dockershim left the choice to the daemon, so that pods did get it. The CRI has no such thing.',
    read: unlessOff((value) => [
      {
        ...{ part: '', value, outcome: 'warning', target: '' },
        note: 'containers lose their init: orphaned processes stay as zombies, and signals reach the command itself',
        fix: 'set shareProcessNamespace: true, or use an image with an init such as tini, where it matters',
      },
    ]),
  };
}

const realTime = (key: string, what: string): SettingRule<number> => {
  const lost = { outcome: 'warning', becomes: 'lost: containers get no real-time scheduling' } as const;
  return {
    ...{ key, flags: [key], ...kinds.integer, what },
    docs: { containerd: lost, crio: lost },
    why: 'Kubernetes has no real-time scheduling of containers; it existed with cgroup v1 alone.',
    read: (value) => [
      value === 0
        ? { part: '', value, outcome: 'not-needed', target: '', note: 'zero is the default' }
        : {
            ...{ part: '', value, outcome: 'warning', target: '' },
            note: 'containers get no real-time scheduling any more',
            fix: 'see whether a pod needs it, and keep such pods from this node',
          },
    ],
  };
};

/** How containers are run. */
export const runtimeRules: readonly AnySettingRule[] = [
  execOpts,
  defaultRuntime,
  oomScoreAdjust,
  init,
  initRule('default-init', ['default-init']),
  mootRule({
    key: 'init-path',
    kind: kinds.text,
    what: 'the init process that `init` puts into containers',
    note: 'no runtime under the CRI puts an init into containers; what that means is said at init',
  }),
  realTime('cpu-rt-period', 'the period of real-time scheduling, in microseconds'),
  realTime('cpu-rt-runtime', 'the share of real-time scheduling, in microseconds'),
  mootRule({
    key: 'cgroup-parent',
    kind: kinds.text,
    what: 'the cgroup above all containers',
    note: "dockershim always named the pod's own cgroup, so that this never held for pods",
  }),
  mootRule({
    key: 'default-shm-size',
    since: '17.06',
    kind: kinds.text,
    what: 'the size of `/dev/shm`',
    note: 'dockershim gave every pod 64 MiB whatever the daemon said, and so do containerd and CRI-O',
  }),
  mootRule({
    key: 'default-ipc-mode',
    since: '17.12',
    kind: kinds.text,
    what: 'whether containers share their IPC namespace',
    note: "the pod's own specification decides it under the CRI, as it did under dockershim",
  }),
  mootRule({
    key: 'default-cgroupns-mode',
    since: '20.10',
    kind: kinds.text,
    what: 'whether containers have a cgroup namespace',
    note: 'containerd and CRI-O decide it by the version of cgroups, as Docker does by default: private with v2, the host with v1',
  }),
  mootRule({
    key: 'live-restore',
    kind: kinds.boolean,
    what: 'containers outlive the daemon',
    note: 'containers outlive containerd and CRI-O in any case; that they outlive dockerd, too, is why the switch stops them one by one before Docker',
  }),
  mootRule({
    key: 'shutdown-timeout',
    kind: kinds.integer,
    what: "how long containers have at the daemon's end",
    note: 'pods are given their own grace period by the kubelet',
  }),
  mootRule({
    key: 'default-stop-timeout',
    since: '29.0',
    kind: kinds.integer,
    what: 'how long containers have to stop',
    note: 'pods are given their own grace period by the kubelet',
  }),
];
