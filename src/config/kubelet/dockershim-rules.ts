import { hasPullTimeout } from '../crio/has-pull-timeout.js';
import { NEW_PLACES } from '../settings/new-places.js';
import type { RuntimeTarget } from '../runtime-intent.js';
import { NEEDS_CNI } from './network-plugin.js';
import type { FlagAnswer, FlagContext, KubeletFlagRule } from './flag-rule.js';

const CRI_DOCKERD = '/etc/systemd/system/cri-docker.service.d/10-docker-migration.conf';

/** What dockershim read and no other runtime is told by the kubelet. */
export const dockershimRules: readonly KubeletFlagRule[] = [
  {
    flag: 'network-plugin',
    deprecated: '1.21',
    removed: '1.24',
    fate: 'goes',
    what: "the pods' network: CNI, kubenet, or Docker's own bridge",
    becomes: 'gone with `cni`; a refusal with `kubenet` or nothing',
    why: 'Runtimes behind a socket know CNI alone: without a CNI network the node does not become Ready.',
    answer: (value, context) => {
      if (context.target.kind === 'cri-dockerd') return carried('network-plugin');
      return value === 'cni'
        ? gone('every CRI runtime uses CNI without being told')
        : {
            ...{ outcome: 'refused', target: '', fix: NEEDS_CNI },
            note: `pods are on ${networkOf(value)}, which only dockershim has`,
          };
    },
  },
  {
    flag: 'cni-conf-dir',
    deprecated: '1.21',
    removed: '1.24',
    fate: 'goes',
    what: 'where CNI networks are described',
    becomes: "the runtime's own setting",
    why: 'From now on the runtime calls the CNI plugins, and the kubelet knows nothing of them.',
    answer: (_value, { target }) =>
      moved(target, 'cni-conf-dir', 'cni.conf_dir', 'crio.network.network_dir', 'the runtime finds the same networks'),
  },
  {
    flag: 'cni-bin-dir',
    deprecated: '1.21',
    removed: '1.24',
    fate: 'goes',
    what: 'where CNI plugins are, several directories with commas between',
    becomes: "the runtime's own setting; containerd before 2.1 knows one directory",
    why: 'From now on the runtime calls the CNI plugins, and the kubelet knows nothing of them.',
    answer: (_value, { target }) =>
      moved(
        target,
        'cni-bin-dir',
        `cni.${binKey(target)}`,
        'crio.network.plugin_dirs',
        'the runtime calls the same plugins',
      ),
  },
  {
    flag: 'cni-cache-dir',
    deprecated: '1.21',
    removed: '1.24',
    fate: 'goes',
    what: 'where dockershim kept what CNI plugins answered',
    becomes: "gone: runtimes keep it in CNI's own place, /var/lib/cni",
    why: 'Neither containerd nor CRI-O can be told another place.',
    answer: (_value, { target }) =>
      target.kind === 'cri-dockerd' ? carried('cni-cache-dir') : gone("the runtime keeps it in CNI's own /var/lib/cni"),
  },
  {
    flag: 'network-plugin-mtu',
    deprecated: '1.21',
    removed: '1.24',
    fate: 'goes',
    what: "the MTU of kubenet's network",
    becomes: 'gone: CNI configurations have their own `mtu`',
    why: 'Only kubenet read it.',
    answer: (_value, { target }) =>
      target.kind === 'cri-dockerd'
        ? carried('network-plugin-mtu')
        : gone('only kubenet read it; a CNI network has the MTU that its own configuration says'),
  },
  {
    flag: 'image-pull-progress-deadline',
    deprecated: '1.21',
    removed: '1.24',
    fate: 'goes',
    what: 'how long a pull may go on without progress',
    becomes:
      '`image_pull_progress_timeout` of containerd 1.7 and later, `pull_progress_timeout` of CRI-O from 1.30.11, 1.31.3 and 1.32 on; a warning for older ones',
    why: 'From now on the runtime watches over pulls; containerd up to 1.6 and older CRI-O give up on none.',
    answer: (value, { target }) => {
      const { kind, version } = target;
      const base = { outcome: 'warning', target: '' } as const;
      if (kind === 'containerd' && version.major === 1 && version.minor < 7) {
        return {
          ...{ ...base, note: `containerd before 1.7 does not give up a pull after ${value} without progress` },
          fix: 'look for pods that stay in ContainerCreating where a registry hangs, or use containerd 1.7 or later',
        };
      }
      if (kind === 'crio' && !hasPullTimeout(version)) {
        const note = `CRI-O before 1.30.11, 1.31.3 and 1.32 does not give up a pull after ${value} without progress`;
        return { ...base, note };
      }
      return moved(
        target,
        'image-pull-progress-deadline',
        'image_pull_progress_timeout',
        'crio.image.pull_progress_timeout',
        'the runtime gives up pulls after the same time without progress',
      );
    },
  },
  {
    flag: 'redirect-container-streaming',
    isBoolean: true,
    deprecated: '1.18',
    removed: '1.22',
    fate: 'goes',
    what: "whether clients of exec and attach were sent to the runtime's own server",
    becomes: 'gone',
    why: 'It has had no effect since 1.20.',
    answer: () => gone('it has had no effect since 1.20'),
  },
  {
    flag: 'experimental-dockershim',
    isBoolean: true,
    removed: '1.19',
    fate: 'goes',
    what: 'a kubelet that is dockershim alone, for tests',
    becomes: 'gone',
    why: 'There is no dockershim any more.',
    answer: () => gone('there is no dockershim any more'),
  },
  {
    flag: 'experimental-dockershim-root-directory',
    removed: '1.24',
    fate: 'goes',
    what: 'where dockershim kept its notes on sandboxes',
    becomes: 'gone',
    why: 'There is no dockershim any more.',
    answer: () => gone('there is no dockershim any more'),
  },
  {
    flag: 'non-masquerade-cidr',
    deprecated: '1.16',
    removed: '1.24',
    fate: 'goes',
    goesFrom: 24,
    what: 'addresses to which kubenet does not masquerade',
    becomes: 'stays up to 1.23, where it has no effect with CNI; gone from 1.24 on',
    why: 'Only kubenet read it; CNI plugins and the ip-masq-agent have settings of their own.',
    answer: (_value, { kubelet }) =>
      kubelet.minor >= 24
        ? gone('only kubenet read it, and a kubelet from 1.24 on does not start with it')
        : { outcome: 'not-needed', target: undefined, note: 'only kubenet read it; it stays and does nothing' },
  },
];

const networkOf = (value: string): string => (value === 'kubenet' ? 'kubenet' : `the network plugin "${value}"`);

const gone = (note: string): FlagAnswer => ({ outcome: 'not-needed', target: '', note });

const carried = (flag: string): FlagAnswer => ({
  outcome: 'converted',
  target: `${CRI_DOCKERD} --${flag}`,
  note: 'cri-dockerd takes over what dockershim did with it',
});

function moved(
  target: FlagContext['target'],
  flag: string,
  containerd: string,
  crio: string,
  note: string,
): FlagAnswer {
  switch (target.kind) {
    case 'cri-dockerd':
      return carried(flag);
    case 'crio':
      return { outcome: 'converted', target: `${NEW_PLACES.crio} ${crio}`, note };
    case 'containerd':
      return { outcome: 'converted', target: `${NEW_PLACES.containerd} ${containerd}`, note };
  }
}

const binKey = ({ version }: RuntimeTarget): string =>
  version.major > 2 || (version.major === 2 && version.minor >= 1) ? 'bin_dirs' : 'bin_dir';
