import { parseUnitFile, type UnitEntry } from '../config/text/unit-file.js';
import { valueOf } from '../core/fact.js';
import type { FileFacts, NodeInventory, UnitFacts } from '../core/inventory.js';
import type { TextView } from '../manifests/views.js';
import { listed } from './node-facts/listed.js';
import { targetRuntime } from './node-facts/target-runtime.js';
import type { Hit, Rule, Scene, Unknowable } from './rule.js';

/** The strongest first. The first five stop a unit with Docker, or keep it from starting; the others only order or ask. */
const STRENGTH = ['BindsTo', 'Requires', 'Requisite', 'PartOf', 'RequiresOverridable', 'Upholds', 'Wants', 'After'];
const BINDS = new Set(STRENGTH.slice(0, 5));
const DOCKER = ['docker.service', 'docker.socket'];

export const systemdRequiresDocker: Rule = {
  id: 'systemd-requires-docker',
  title: "A systemd unit is tied to Docker's",
  severity: 'warning',
  why: 'A unit with Requires=, BindsTo= or PartOf=docker.service stops when Docker is stopped, and does not start once Docker is masked or removed. For kubelet.service that is the whole node. After= and Wants= alone do no harm, but then nothing orders the unit after the new runtime.',
  fix: "Name the new runtime's unit instead of docker.service before Docker is stopped.",
  links: [
    'https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html',
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/change-runtime-containerd/',
  ],
  words: DOCKER,
  *text(view: TextView, scene: Scene) {
    if (view.role === 'unit' && scene.target !== 'cri-dockerd') yield* hitsOf(view, scene);
  },
  *node(inventory: NodeInventory, scene: Scene): Iterable<Hit | Unknowable> {
    const { units } = inventory;
    if (scene.target === 'cri-dockerd') return;
    if (!units.known) {
      yield { undecided: units.why };
      return;
    }
    const files = valueOf(inventory.files) ?? {};
    for (const [name, unit] of Object.entries(units.value)) {
      if (/^(?:cri-)?docker\./.test(name)) continue;
      const bound = [
        ...new Set([...unit.bindsTo, ...unit.requires, ...unit.partOf].filter((other) => DOCKER.includes(other))),
      ];
      // Where a file says so it is found there, with its line.
      const kubelet = name === 'kubelet.service';
      if (bound.length === 0 || isSaid(unit, files, kubelet)) continue;
      yield {
        ...verdictOn(name, kubelet, `is bound to ${listed(bound)}`, true, scene),
        evidence: `${name}: ${bound.join(' ')}`,
      };
    }
  },
};

/** By a file that shows itself as the kubelet's, where that is the unit: a drop-in alone may be anyone's. */
const isSaid = (unit: UnitFacts, files: Readonly<Record<string, FileFacts>>, kubelet: boolean): boolean =>
  [unit.fragmentPath, ...unit.dropInPaths].some((path) => {
    const entries = parseUnitFile(files[path]?.content ?? '');
    return entries.some(ties) && (!kubelet || entries.some(isOfKubelet));
  });

const ties = ({ section, key, value }: UnitEntry): boolean =>
  section === 'Unit' && STRENGTH.includes(key) && dockerIn(value).length > 0;

const dockerIn = (value: string): readonly string[] => value.split(/\s+/).filter((name) => DOCKER.includes(name));

/** One hit a unit, at the line that ties it most. */
function* hitsOf(view: TextView, scene: Scene): Generator<Hit> {
  const { text } = view;
  const entries = parseUnitFile(text);
  if (isOfDocker(entries)) return;
  const [strongest] = entries.filter(ties).toSorted((a, b) => STRENGTH.indexOf(a.key) - STRENGTH.indexOf(b.key));
  if (strongest === undefined) return;
  const binds = BINDS.has(strongest.key);
  // Ordered after every runtime there may be, which is right.
  if (!binds && entries.some(({ value }) => /(?:^|\s)(?:containerd|crio)\.service(?:\s|$)/.test(value))) return;
  const kubelet = entries.some(isOfKubelet);
  const says = `has ${strongest.key}=${dockerIn(strongest.value).join(' ')}`;
  yield {
    at: view.at(strongest.start, text.slice(strongest.start, strongest.end).trimEnd().length),
    ...verdictOn(kubelet ? 'kubelet.service' : 'The unit', kubelet, says, binds, scene),
  };
}

/** docker.service and docker.socket name each other. */
const isOfDocker = (entries: readonly UnitEntry[]): boolean =>
  entries.some(
    ({ section, key, value }) =>
      (key === 'ExecStart' && /(?:^|[\s/])(?:dockerd|cri-dockerd)(?:\s|$)/.test(value)) ||
      (section === 'Socket' && /docker\.sock/.test(value)),
  );

const isOfKubelet = ({ key, value }: UnitEntry): boolean =>
  (key.startsWith('Exec') && /(?:^|[\s/])kubelet(?:\s|$)/.test(value)) ||
  (key === 'Environment' && /KUBELET_/.test(value));

function verdictOn(unit: string, kubelet: boolean, says: string, binds: boolean, { target }: Scene): Omit<Hit, 'at'> {
  const runtime = targetRuntime(target).unit;
  if (!binds) {
    return {
      severity: 'note',
      message: `${unit} ${says}: without Docker it starts all the same, but no longer after the runtime.`,
      fix: `Write ${runtime} instead, if the unit needs a runtime at all.`,
    };
  }
  return {
    severity: kubelet ? 'error' : 'warning',
    message: `${unit} ${says}: it stops when Docker is stopped, and does not start once Docker is masked or removed${kubelet ? ', so that the node is lost' : ''}.`,
    fix: `Write ${runtime} instead of Docker's unit, run systemctl daemon-reload, and only then stop Docker.`,
  };
}
