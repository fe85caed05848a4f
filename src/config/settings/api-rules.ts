import { kinds } from './setting-kinds.js';
import { mootRule } from './moot-rule.js';
import type { AnySettingRule, SettingDoc, SettingReading, SettingRule } from './setting-rule.js';

const hostsDoc: SettingDoc = {
  outcome: 'warning',
  becomes: 'nothing; whoever calls a `tcp://` address finds no pods there',
};

const hosts: SettingRule<readonly string[]> = {
  key: 'hosts',
  flags: ['host', 'H'],
  ...kinds.list,
  what: 'where the daemon listens',
  docs: { containerd: hostsDoc, crio: hostsDoc },
  why: 'The CRI is for the kubelet alone, and never served over the network.',
  read: (value) => {
    const remote = value.filter((host) => /^(?:tcp|https?):\/\//i.test(host) || /^[\w.-]*:\d+$/.test(host));
    const local = value.filter((host) => !remote.includes(host));
    return [
      ...(local.length === 0
        ? []
        : [
            {
              ...{ part: '', value: local, outcome: 'not-needed', target: '' },
              note: "it is Docker's own socket; the new runtime has another",
            } satisfies SettingReading,
          ]),
      ...(remote.length === 0
        ? []
        : [
            {
              ...{ part: '', value: remote, outcome: 'warning', target: '' },
              note: 'clients that reach Docker over the network find no pods there any more',
              fix: 'find these clients and give them another way',
            } satisfies SettingReading,
          ]),
    ];
  },
};

const TLS = "it guards Docker's own API; the CRI is a socket for root";

/** What the daemon serves to its clients, and what else is about the daemon alone. */
export const apiRules: readonly AnySettingRule[] = [
  hosts,
  mootRule({ key: 'tls', kind: kinds.boolean, what: "TLS for Docker's API", note: TLS }),
  mootRule({ key: 'tlsverify', kind: kinds.boolean, what: 'clients need a certificate', note: TLS }),
  mootRule({ key: 'tlscacert', kind: kinds.text, what: "who signed clients' certificates", note: TLS }),
  mootRule({ key: 'tlscert', kind: kinds.text, what: "the API's certificate", note: TLS }),
  mootRule({ key: 'tlskey', kind: kinds.text, what: "the API's key", note: TLS }),
  mootRule({
    key: 'api-cors-header',
    until: '27.0',
    kind: kinds.text,
    what: 'which web pages may call the API',
    note: 'web pages do not call the CRI',
  }),
  mootRule({
    key: 'api-enable-cors',
    kind: kinds.boolean,
    what: 'web pages may call the API',
    note: 'web pages do not call the CRI',
  }),
  mootRule({
    key: 'min-api-version',
    flags: [],
    since: '29.0',
    kind: kinds.text,
    what: 'the oldest version of the API that is served',
    note: 'the kubelet and the runtime agree on a version of the CRI by themselves',
  }),
  mootRule({
    key: 'network-diagnostic-port',
    kind: kinds.integer,
    what: "a port for looking into Docker's networks",
    note: "pods are not on Docker's networks",
  }),
  mootRule({
    key: 'labels',
    flags: ['label'],
    kind: kinds.list,
    what: 'labels of the daemon',
    note: 'only `docker info` shows them; what chooses nodes in a cluster are labels of the Node',
  }),
  mootRule({
    key: 'experimental',
    kind: kinds.boolean,
    what: 'features that are not finished',
    note: 'they are about dockerd itself',
  }),
  mootRule({
    key: 'deprecated-key-path',
    kind: kinds.text,
    what: "the daemon's identity for a registry that is no more",
    note: 'nothing reads it any more',
  }),
];
