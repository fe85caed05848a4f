import { z } from 'zod';
import { kinds } from './setting-kinds.js';
import { mootRule } from './moot-rule.js';
import { structOf } from './struct-of.js';
import type { AnySettingRule, SettingDoc, SettingReading, SettingRule } from './setting-rule.js';

const doc: SettingDoc = {
  outcome: 'not-needed',
  becomes: "nothing; refused while pods are on Docker's own network or kubenet's",
};

interface Network extends Pick<AnySettingRule, 'key' | 'what'> {
  readonly kind: (typeof kinds)[keyof typeof kinds] | Pick<AnySettingRule, 'type' | 'fromFlags'>;
  readonly flags?: readonly string[];
  readonly since?: string;
  /** What does it for pods on a CNI network: a sentence without a full stop. */
  readonly instead?: string;
}

const CNI = "pods are on a CNI network, and were never on Docker's";

const networkRule = ({ kind, instead, ...rule }: Network): SettingRule<unknown> => ({
  flags: [rule.key],
  ...(kind as Pick<SettingRule<unknown>, 'type' | 'fromFlags'>),
  ...rule,
  docs: { containerd: doc, crio: doc },
  why: `With a CNI network pods never were on Docker's own${instead === undefined ? '' : `; ${instead}`}. Without one (\`--network-plugin\` empty or kubenet) no other runtime can serve the node, and a CNI network has to be there first.`,
  read: (value, { networkPlugin }): readonly SettingReading[] => [
    networkPlugin === '' || networkPlugin === 'kubenet'
      ? {
          ...{ part: '', value, outcome: 'refused', target: '' },
          note: `pods of this node are on ${networkPlugin === '' ? "Docker's own network" : "kubenet's network"}, and other runtimes know CNI networks alone`,
          fix: 'install a CNI plugin, let the kubelet use it (--network-plugin=cni), and plan again',
        }
      : {
          part: '',
          value,
          outcome: 'not-needed',
          target: '',
          note: instead === undefined ? CNI : `${CNI}; ${instead}`,
        },
  ],
});

const DNS = 'dockershim wrote the resolv.conf of pods by what the kubelet says, and the new runtime does the same';

const pool = structOf({ base: z.string().optional(), size: z.number().int().optional() });

/** Docker's own networks, which pods on a CNI network never see. */
export const networkRules: readonly AnySettingRule[] = [
  networkRule({ key: 'bridge', flags: ['bridge', 'b'], kind: kinds.text, what: 'the bridge of containers' }),
  networkRule({ key: 'bip', kind: kinds.text, what: "the bridge's address" }),
  networkRule({ key: 'bip6', since: '28.0', kind: kinds.text, what: "the bridge's IPv6 address" }),
  networkRule({ key: 'fixed-cidr', kind: kinds.text, what: 'the addresses of containers' }),
  networkRule({ key: 'fixed-cidr-v6', kind: kinds.text, what: 'the IPv6 addresses of containers' }),
  networkRule({ key: 'default-gateway', kind: kinds.text, what: 'the gateway of containers' }),
  networkRule({ key: 'default-gateway-v6', kind: kinds.text, what: 'the IPv6 gateway of containers' }),
  networkRule({
    ...{ key: 'icc', kind: kinds.boolean, what: 'containers reach each other' },
    instead: 'what keeps pods apart is a NetworkPolicy',
  }),
  networkRule({ key: 'ip', kind: kinds.text, what: 'the address on which ports are published' }),
  networkRule({
    ...{ key: 'ip-forward', kind: kinds.boolean, what: 'the node forwards packets' },
    instead: 'net.ipv4.ip_forward is set for the new runtime by a file of its own',
  }),
  networkRule({
    ...{ key: 'ip-forward-no-drop', since: '28.0', kind: kinds.boolean },
    what: 'what is forwarded is not dropped by default',
  }),
  networkRule({
    ...{ key: 'ip-masq', kind: kinds.boolean, what: 'packets of containers carry the address of the node' },
    instead: 'the CNI plugin does it for pods',
  }),
  networkRule({
    ...{ key: 'iptables', kind: kinds.boolean, what: 'the daemon writes firewall rules' },
    instead: 'rules that it wrote, and the policy of FORWARD, stay until the node is restarted',
  }),
  networkRule({ key: 'ip6tables', since: '20.10', kind: kinds.boolean, what: 'the daemon writes IPv6 firewall rules' }),
  networkRule({ key: 'ipv6', kind: kinds.boolean, what: 'the bridge has IPv6' }),
  networkRule({
    ...{ key: 'mtu', kind: kinds.integer, what: 'the longest packet of containers' },
    instead: "the CNI plugin's own configuration says it for pods",
  }),
  networkRule({ key: 'userland-proxy', kind: kinds.boolean, what: 'a process for each published port' }),
  networkRule({ key: 'userland-proxy-path', kind: kinds.text, what: 'the program of that process' }),
  networkRule({
    key: 'default-address-pools',
    flags: ['default-address-pool'],
    since: '18.09',
    kind: {
      type: z.array(pool),
      fromFlags: (values: readonly string[]) =>
        values.map((value) =>
          Object.fromEntries(
            value.split(',').map((pair) => {
              const [name = '', text = ''] = pair.split('=');
              return [name, name === 'size' ? Number(text) : text];
            }),
          ),
        ),
    },
    what: 'the addresses of further networks',
  }),
  networkRule({
    key: 'default-network-opts',
    flags: ['default-network-opt'],
    since: '24.0',
    kind: {
      type: z.record(z.string(), z.record(z.string(), z.string())),
      fromFlags: (values: readonly string[]) =>
        Object.fromEntries(
          values.map((value) => {
            const [driver = '', name = '', ...rest] = value.split('=');
            return [driver, { [name]: rest.join('=') }];
          }),
        ),
    },
    what: 'options of further networks',
  }),
  networkRule({
    ...{ key: 'network-control-plane-mtu', since: '17.12', kind: kinds.integer },
    what: 'the longest packet between daemons',
  }),
  networkRule({
    key: 'allow-direct-routing',
    since: '28.2',
    kind: kinds.boolean,
    what: 'containers are reached directly',
  }),
  networkRule({ key: 'bridge-accept-fwmark', since: '29.0', kind: kinds.text, what: 'marked packets are let in' }),
  networkRule({ key: 'firewall-backend', since: '29.0', kind: kinds.text, what: 'iptables or nftables' }),
  networkRule({
    ...{ key: 'host-gateway-ip', since: '20.10', kind: kinds.text },
    what: 'the address behind the name host-gateway',
  }),
  networkRule({
    key: 'host-gateway-ips',
    flags: [],
    since: '28.0',
    kind: kinds.list,
    what: 'the addresses behind the name host-gateway',
  }),
  mootRule({ key: 'dns', kind: kinds.list, what: 'name servers of containers', note: DNS }),
  mootRule({ key: 'dns-opts', flags: ['dns-opt'], kind: kinds.list, what: 'options of resolv.conf', note: DNS }),
  mootRule({ key: 'dns-search', kind: kinds.list, what: 'search domains of containers', note: DNS }),
  mootRule({
    key: 'resolv-conf',
    kind: kinds.text,
    what: "the file that containers' resolv.conf comes from",
    note: DNS,
  }),
];
