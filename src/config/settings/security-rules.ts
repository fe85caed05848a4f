import { kinds } from './setting-kinds.js';
import { unlessOff } from './unless-off.js';
import { NEW_PLACES } from './new-places.js';
import type { AnySettingRule, SettingDoc, SettingRule } from './setting-rule.js';

const both = (outcome: SettingDoc['outcome'], becomes: string): SettingRule<never>['docs'] => ({
  containerd: { outcome, becomes },
  crio: { outcome, becomes },
});

const noNewPrivileges: SettingRule<boolean> = {
  key: 'no-new-privileges',
  flags: ['no-new-privileges'],
  since: '17.12',
  ...kinds.boolean,
  what: 'no process in a container gains privileges',
  docs: both('warning', 'lost: setuid programs in containers gain privileges'),
  why: 'The CRI lets the pod decide, and pods that say nothing may gain privileges.',
  read: unlessOff((value) => [
    {
      ...{ part: '', value, outcome: 'warning', target: '' },
      note: 'containers may gain privileges by setuid programs from now on',
      fix: "set allowPrivilegeEscalation: false in the pods, by the cluster's admission policy",
    },
  ]),
};

const seccompProfile: SettingRule<string> = {
  key: 'seccomp-profile',
  flags: ['seccomp-profile'],
  ...kinds.text,
  what: 'the seccomp profile of containers that ask for the default',
  docs: {
    containerd: { outcome: 'warning', becomes: 'lost: containerd knows its built-in profile alone' },
    crio: { outcome: 'converted', becomes: '`seccomp_profile`' },
  },
  why: 'dockershim used it for pods that ask for `RuntimeDefault` and ran all others unconfined. containerd does the same with its own profile; CRI-O 1.24 to 1.29 confines the others, too.',
  read: (value, { target }) => {
    if (value === 'builtin' || value === 'default') {
      return [
        {
          part: '',
          value,
          outcome: 'not-needed',
          target: '',
          note: 'the built-in profile is what the new runtime uses, too',
        },
      ];
    }
    if (value === 'unconfined') {
      return [
        {
          ...{ part: '', value, outcome: 'warning', target: '' },
          note: 'pods that ask for RuntimeDefault ran unconfined, and get the built-in profile from now on: system calls that it blocks fail',
          fix: 'let pods that need them ask for Unconfined',
        },
      ];
    }
    const intent = <I extends object>(before: I) => ({ ...before, seccompProfile: value });
    if (target.kind === 'crio') {
      return [
        {
          ...{
            part: '',
            value,
            outcome: 'converted',
            target: `${NEW_PLACES.crio} crio.runtime.seccomp_profile`,
            intent,
          },
          note: 'pods that ask for RuntimeDefault keep this profile',
        },
      ];
    }
    return [
      {
        ...{ part: '', value, outcome: 'warning', target: '', intent },
        note: 'pods that ask for RuntimeDefault get the profile built into containerd',
        fix: 'ship the profile below /var/lib/kubelet/seccomp, and name it as Localhost in the pods that need it',
      },
    ];
  },
};

const selinux: SettingRule<boolean> = {
  key: 'selinux-enabled',
  flags: ['selinux-enabled'],
  ...kinds.boolean,
  what: 'SELinux labels of containers',
  docs: {
    containerd: { outcome: 'converted', becomes: '`enable_selinux = true` of the CRI plugin' },
    crio: { outcome: 'converted', becomes: '`selinux = true`' },
  },
  why: 'Without it containers run unlabelled. A root directory elsewhere needs the labels of the usual one.',
  read: unlessOff((value, { target }) => [
    {
      ...{ part: '', value, outcome: 'converted' },
      target:
        target.kind === 'crio' ? `${NEW_PLACES.crio} crio.runtime.selinux` : `${NEW_PLACES.containerd} enable_selinux`,
      note: 'containers keep their SELinux labels',
      intent: (intent) => ({ ...intent, selinux: value }),
    },
  ]),
};

const usernsRemap: SettingRule<string> = {
  key: 'userns-remap',
  flags: ['userns-remap'],
  ...kinds.text,
  what: "containers' users are others on the node",
  docs: both('refused', 'none: pods would run with the true users of the node'),
  why: 'No runtime under the CRI maps the users of all pods. A pod can ask for it by `hostUsers: false`, with Kubernetes 1.25 or later and containerd 2 or CRI-O. It is also how the files in volumes are owned.',
  read: (value) => [
    {
      ...{ part: '', value, outcome: 'refused', target: '' },
      note: 'root in a pod would be root on the node, which it was not, and files in volumes would belong to others',
      fix: 'decide which pods may run so (hostUsers: false maps the others), remove the setting, and plan again',
    },
  ],
};

const rootless: SettingRule<boolean> = {
  key: 'rootless',
  flags: ['rootless'],
  since: '19.03',
  ...kinds.boolean,
  what: 'the daemon runs without root',
  docs: both('refused', 'none'),
  why: 'The kubelet of such a node is set up in a way of its own, which is not converted.',
  read: unlessOff((value) => [
    {
      ...{ part: '', value, outcome: 'refused', target: '' },
      note: 'a node whose Docker runs without root is not converted',
      fix: 'set the node up anew with the new runtime',
    },
  ]),
};

const authorizationPlugins: SettingRule<readonly string[]> = {
  key: 'authorization-plugins',
  flags: ['authorization-plugin'],
  ...kinds.list,
  what: 'plugins that allow or deny what is asked of the daemon',
  docs: both('warning', 'lost: they have no say in what the kubelet starts'),
  why: 'They saw what dockershim asked of Docker. The CRI has nothing in their place.',
  read: (value) => [
    {
      ...{ part: '', value, outcome: 'warning', target: '' },
      note: 'these plugins have no say any more in what the kubelet starts',
      fix: "enforce the same by the cluster's admission policies",
    },
  ],
};

/** What containers may do. */
export const securityRules: readonly AnySettingRule[] = [
  noNewPrivileges,
  seccompProfile,
  selinux,
  usernsRemap,
  rootless,
  authorizationPlugins,
];
