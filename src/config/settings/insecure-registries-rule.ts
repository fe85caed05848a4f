import { kinds } from './setting-kinds.js';
import { registryPlace } from '../registries/registry-place.js';
import { NEW_PLACES } from './new-places.js';
import type { SettingContext, SettingReading, SettingRule } from './setting-rule.js';

/** Registries whose certificates are not checked, or that speak plain HTTP: hosts, and whole nets. */
export const insecureRegistriesRule: SettingRule<readonly string[]> = {
  key: 'insecure-registries',
  flags: ['insecure-registry'],
  ...kinds.list,
  what: 'registries without a valid certificate or with plain HTTP',
  docs: {
    containerd: {
      outcome: 'converted',
      becomes:
        '`certs.d/HOST/hosts.toml`: HTTPS unchecked, then HTTP; of a net (CIDR) the hosts that images of the node come from, with a warning',
    },
    crio: {
      outcome: 'converted',
      becomes:
        '`registries.conf.d`: `insecure = true`; a net (CIDR) is `insecure_registries` up to 1.34, and treated as for containerd from 1.35 on',
    },
  },
  why: 'Docker looks up the address of a registry and compares it with the nets; no other runtime does so but CRI-O up to 1.34.',
  read: (entries, { target }) => {
    const names = entries
      .map((entry) =>
        entry
          .trim()
          .replace(/^https?:\/\//i, '')
          .replace(/\/+$/, ''),
      )
      .filter((name) => name !== '');
    const nets = names.filter(isNet);
    const wrong = names.filter((name) => !isNet(name) && !isHost(name));
    const hosts = names.filter((name) => !isNet(name) && isHost(name));
    const readings: SettingReading[] = [];
    if (hosts.length > 0) {
      readings.push({
        ...{ part: '', value: hosts, outcome: 'converted' },
        target: registryPlace(target, '*'),
        note: 'these registries are asked by HTTPS without looking at the certificate, else by HTTP, as Docker does',
        intent: (intent) => ({ ...intent, registries: { ...intent.registries, insecure: hosts } }),
      });
    }
    for (const net of nets) readings.push(netReading(net, target));
    if (wrong.length > 0) {
      readings.push({
        ...{ part: '', value: wrong, outcome: 'refused', target: '' },
        note: `${wrong.join(' and ')} ${wrong.length === 1 ? 'is' : 'are'} neither host[:port] nor a net in CIDR notation`,
        fix: 'write host[:port] or a net such as 10.20.0.0/16',
      });
    }
    return readings;
  },
};

function netReading(net: string, target: SettingContext['target']): SettingReading {
  const { major, minor } = target.version;
  const intent: SettingReading['intent'] = (before) => ({
    ...before,
    registries: { ...before.registries, insecureNets: [...before.registries.insecureNets, net] },
  });
  if (target.kind === 'crio' && major === 1 && minor <= 34) {
    return {
      ...{ part: '', value: [net], outcome: 'converted', intent },
      target: `${NEW_PLACES.crioNets} crio.image.insecure_registries`,
      note: `registries in ${net} are asked without looking at the certificate; CRI-O 1.35 will not know the setting any more`,
    };
  }
  return {
    ...{ part: '', value: [net], outcome: 'warning', intent },
    target: registryPlace(target, '*'),
    note: `${net}: no whole net can be insecure any more: only registries in it that images of this node come from are listed, and pulls from others fail at their certificate or at plain HTTP`,
    fix: `list the registries in ${net} by name and port`,
  };
}

const isNet = (text: string): boolean =>
  /^(?:\d{1,3}\.){3}\d{1,3}\/(?:[0-9]|[12]\d|3[0-2])$/.test(text) || /^[0-9a-f:.]*:[0-9a-f:.]*\/\d{1,3}$/i.test(text);

const isHost = (text: string): boolean => /^(?:[A-Za-z0-9][\w.-]*|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?$/.test(text);
