import { unitLimits } from '../config/parity/unit-limits.js';
import { parseUnitFile } from '../config/text/unit-file.js';
import { valueOf } from '../core/fact.js';
import type { NodeInventory } from '../core/inventory.js';
import type { TextView } from '../manifests/views.js';
import { isRecord } from './node-facts/is-record.js';
import { listed } from './node-facts/listed.js';
import { nodeRuntime } from './node-facts/node-runtime.js';
import { targetRuntime } from './node-facts/target-runtime.js';
import type { Hit, Rule, Scene, Unknowable } from './rule.js';

/** What docker.service has had from its packages since 1.12. */
const USUAL = new Set(['infinity', '1048576']);

export const ulimits: Rule = {
  id: 'ulimits',
  title: 'Containers get other resource limits than Docker gave them',
  severity: 'warning',
  why: "Containers inherit their limits from the runtime: from Docker's default-ulimits or docker.service now, from containerd.service or crio.service then. With far more open files old databases and Java programs eat memory, with far fewer they refuse connections.",
  fix: "Set the limits in a drop-in of the new runtime's unit before the node is switched.",
  links: [
    'https://github.com/containerd/containerd/issues/6707',
    'https://github.com/awslabs/amazon-eks-ami/issues/1551',
  ],
  words: [
    ['dockerd', 'limitnofile'],
    ['dockerd', 'limitnproc'],
    ['dockerd', 'limitmemlock'],
    ['dockerd', 'limitstack'],
    ['dockerd', 'limitcore'],
  ],
  *text(view: TextView, { target }: Scene) {
    const { role, text } = view;
    if (role !== 'unit' || target === 'cri-dockerd' || !/^\s*ExecStart\s*=.*dockerd/m.test(text)) return;
    const { unit } = targetRuntime(target);
    const own = parseUnitFile(text).filter(({ key, value }) => /^Limit[A-Z]+$/.test(key) && !USUAL.has(value));
    const [first] = own;
    if (first === undefined) return;
    const limits = own.map(({ key, value }) => `${key}=${value}`);
    yield {
      at: view.at(first.start, text.slice(first.start, first.end).trimEnd().length),
      message: `docker.service sets ${listed(limits)}, which containers inherit now; under another runtime they get the limits of ${unit}.`,
      fix: `Put ${listed(limits)} into a drop-in of ${unit} under [Service].`,
    };
  },
  *node(inventory: NodeInventory, { target }: Scene): Iterable<Hit | Unknowable> {
    const { kind } = nodeRuntime(inventory);
    if (target === 'cri-dockerd' || kind === 'another') return;
    const { docker, files, units } = inventory;
    if (!docker.known || !files.known || !units.known) {
      yield { undecided: [docker, files, units].flatMap((fact) => (fact.known ? [] : [fact.why]))[0] ?? '' };
      return;
    }
    const { unit } = targetRuntime(target);
    const theirs = unitLimits(units.value[unit], files.value);
    if (theirs === undefined) return;
    const ulimit = docker.value.daemonJson['default-ulimits'];
    const nofile = isRecord(ulimit) && isRecord(ulimit['nofile']) ? ulimit['nofile'] : undefined;
    const ours =
      nofile === undefined
        ? (unitLimits(units.value['docker.service'], files.value)?.['LimitNOFILE'] ?? '')
        : `${numberOf(nofile['Soft'])}:${numberOf(nofile['Hard'])}`;
    const now = theirs['LimitNOFILE'] ?? '';
    if (sameLimit(ours, now) || valueOf(docker) === undefined) return;
    const said = (limit: string): string => (limit === '' ? "systemd's default (1024:524288)" : limit);
    yield {
      message: `Node ${inventory.name} gives containers ${said(ours)} open files with Docker and ${said(now)} with ${unit}.`,
      evidence: `LimitNOFILE=${ours} in docker.service, LimitNOFILE=${now} in ${unit}`,
      fix: `Set LimitNOFILE=${ours === '' ? '1024:524288' : ours} in a drop-in of ${unit} under [Service] if workloads depend on it.`,
    };
  },
};

const numberOf = (value: unknown): string => (typeof value === 'number' ? String(value) : '');

/** The kernel's own ceiling makes `infinity` 1048576 on most systems. */
function sameLimit(a: string, b: string): boolean {
  const plain = (limit: string): string => {
    const [soft = '', hard = soft] = limit.split(':');
    return soft === hard ? (USUAL.has(soft) ? 'infinity' : soft) : limit;
  };
  return plain(a) === plain(b);
}
