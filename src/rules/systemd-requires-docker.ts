import { parseUnitFile, type UnitEntry } from '../config/unit-file.js';
import { valueOf } from '../core/fact.js';
import type { NodeInventory, UnitFacts } from '../core/inventory.js';
import type { TextView } from '../manifests/views.js';
import { heredocs } from './node-facts/heredocs.js';
import { listed } from './node-facts/listed.js';
import { targetRuntime } from './node-facts/target-runtime.js';
import type { Hit, Rule, Scene, Unknowable } from './rule.js';

/** The strongest first. The first five stop a unit with Docker, or keep it from starting; the others only order or ask. */
const STRENGTH = ['BindsTo', 'Requires', 'Requisite', 'PartOf', 'RequiresOverridable', 'Upholds', 'Wants', 'After'];
const BINDS = new Set(STRENGTH.slice(0, 5));
const DOCKER = ['docker.service', 'docker.socket'];

export const systemdRequiresDocker: Rule = {
  id: 'systemd-requires-docker',
  title: 'A systemd unit is tied to Docker’s',
  severity: 'warning',
  why: 'A unit with Requires=, BindsTo= or PartOf=docker.service stops when Docker is stopped, and does not start once Docker is masked or removed. For kubelet.service that is the whole node. After= and Wants= alone do no harm, but then nothing orders the unit after the new runtime.',
  fix: "Name the new runtime's unit instead of docker.service before Docker is stopped.",
  links: [
    'https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html',
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/change-runtime-containerd/',
  ],
  words: DOCKER,
  *text(view: TextView, scene: Scene) {
    const { role, text } = view;
    if (role === 'unit') yield* hitsOf(view, text, 0, scene);
    else if (role === 'script') {
      for (const { path: file = '', body, offset } of heredocs(text)) {
        if (/\.(?:service|socket|timer|target|path|mount)(?:\.d\/.*\.conf)?$/.test(file))
          yield* hitsOf(view, body, offset, scene, file);
      }
    }
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
      if (bound.length === 0 || namesDocker(unit, files)) continue;
      yield {
        ...verdictOn(name, name === 'kubelet.service', `is bound to ${listed(bound)}`, true, scene),
        evidence: `${name}: ${bound.join(' ')}`,
      };
    }
  },
};

const namesDocker = (unit: UnitFacts, files: Readonly<Record<string, { readonly content: string }>>): boolean =>
  [unit.fragmentPath, ...unit.dropInPaths].some((path) => parseUnitFile(files[path]?.content ?? '').some(ties));

const ties = ({ section, key, value }: UnitEntry): boolean =>
  section === 'Unit' && STRENGTH.includes(key) && dockerIn(value).length > 0;

const dockerIn = (value: string): readonly string[] => value.split(/\s+/).filter((name) => DOCKER.includes(name));

/** One hit a unit, at the line that ties it most. */
function* hitsOf(view: TextView, text: string, from: number, scene: Scene, file = ''): Generator<Hit> {
  if (scene.target === 'cri-dockerd') return;
  const entries = parseUnitFile(text);
  if (isOfDocker(entries) || /\/docker\.(?:service|socket)/.test(file)) return;
  const [strongest] = entries.filter(ties).toSorted((a, b) => STRENGTH.indexOf(a.key) - STRENGTH.indexOf(b.key));
  if (strongest === undefined) return;
  const binds = BINDS.has(strongest.key);
  // Ordered after every runtime there may be, which is right.
  if (!binds && entries.some(({ value }) => /(?:^|\s)(?:containerd|crio)\.service(?:\s|$)/.test(value))) return;
  const kubelet = entries.some(isOfKubelet) || /\/kubelet\.service/.test(file);
  const says = `has ${strongest.key}=${dockerIn(strongest.value).join(' ')}`;
  yield {
    at: view.at(from + strongest.start, text.slice(strongest.start, strongest.end).trimEnd().length),
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
