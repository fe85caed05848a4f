import type { AnnouncedDifference } from '../../core/conversion.js';
import { schemaOf, CRI_V2, RUNTIME_V3 } from '../containerd/cri-tables.js';
import { crioSetting } from '../crio/crio-setting.js';
import { parseToml, tableAt } from '../text/toml-document.js';
import type { DifferencesInput } from './announced-differences.js';
import { since } from './since.js';

const PORTS = 'net.ipv4.ip_unprivileged_port_start';
const PING = 'net.ipv4.ping_group_range';

/**
 * Docker from 20.10 on lets any process of a container bind low ports and send pings, containerd from 2.0 on as well;
 * containerd 1.x where it is told to, CRI-O only by its default_sysctls.
 */
export function portDifferences(input: DifferencesInput): AnnouncedDifference[] {
  const before = since(input.docker?.version, '20.10.0');
  return [
    ...difference(`sysctl:${PORTS}`, before, allows(input, PORTS), {
      lost: `processes without root's rights can no longer listen on ports below 1024; a pod that needs it sets the sysctl ${PORTS} (safe from Kubernetes 1.22 on)`,
      gained: "processes without root's rights can listen on ports below 1024",
    }),
    ...difference(`sysctl:${PING}`, before, allows(input, PING), {
      lost: 'processes can no longer open sockets for pings without the capability NET_RAW',
      gained: 'processes can open sockets for pings without the capability NET_RAW',
    }),
  ];
}

function difference(
  aspect: string,
  before: boolean,
  after: boolean | 'otherwise',
  notes: { readonly lost: string; readonly gained: string },
): AnnouncedDifference[] {
  if (after === 'otherwise') return [{ aspect, note: 'the default_sysctls of CRI-O set it for every pod' }];
  return before === after ? [] : [{ aspect, note: before ? notes.lost : notes.gained }];
}

function allows({ target, crioEffective, containerdConfig }: DifferencesInput, key: string): boolean | 'otherwise' {
  if (target.kind === 'crio') return crioAllows(crioEffective ?? '', key);
  const parsed = parseToml(containerdConfig ?? '');
  const config = parsed.ok ? parsed.value : {};
  const runtime = tableAt(config, 'plugins', schemaOf(config) >= 3 ? RUNTIME_V3 : CRI_V2);
  const value = runtime?.[key === PORTS ? 'enable_unprivileged_ports' : 'enable_unprivileged_icmp'];
  return typeof value === 'boolean' ? value : target.version.major >= 2;
}

function crioAllows(effective: string, key: string): boolean | 'otherwise' {
  const setting = crioSetting(effective, ['crio', 'runtime', 'default_sysctls']);
  const list = setting.said !== 'nothing' && Array.isArray(setting.value) ? setting.value : [];
  const entry = list.find((one): one is string => typeof one === 'string' && one.startsWith(`${key}=`));
  if (entry === undefined) return false;
  const value = entry.slice(key.length + 1).replace(/\s+/g, ' ');
  return value === (key === PORTS ? '0' : '0 2147483647') ? true : 'otherwise';
}
