import type { Path } from '../manifests/place.js';
import type { ObjectView, PodView } from '../manifests/views.js';
import { isMapping } from '../manifests/mapping.js';
import { dockerStays } from './parts/docker-stays.js';
import type { Hit, Rule, Scene } from './rule.js';

export const runtimeNodeSelector: Rule = {
  id: 'runtime-node-selector',
  title: 'Pods are bound to nodes by their Docker runtime',
  severity: 'warning',
  why:
    'A label such as container-runtime=docker is true of a node only until it is migrated. Once it is changed, ' +
    'pods that select it stay Pending, and running ones come back nowhere after a drain. A RuntimeClass with the ' +
    'handler docker is known to dockershim and cri-dockerd alone.',
  fix:
    'Select by what the pods need (a pool, hardware, an operating system), or plan the change of the label and ' +
    'of the pods together.',
  links: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/',
    'https://kubernetes.io/docs/concepts/containers/runtime-class/',
  ],
  words: ['docker'],

  *pod(pod: PodView, scene: Scene): Iterable<Hit> {
    if (!dockerStays(scene)) yield* termsOf(pod.spec, pod.path).flatMap(hitOf);
  },

  *object({ value, path }: ObjectView, scene: Scene): Iterable<Hit> {
    if (!isMapping(value) || value.kind !== 'RuntimeClass' || dockerStays(scene)) return;
    if (value.handler === 'docker') {
      yield {
        at: { path: [...path, 'handler'] },
        message:
          'The RuntimeClass has the handler docker, which only dockershim and cri-dockerd know: no pod of it starts under another runtime.',
        severity: 'error',
        fix: 'Remove runtimeClassName from the pods of this class, or give the class a handler that is configured in the new runtime.',
      };
    }
    if (isMapping(value.scheduling)) yield* termsOf(value.scheduling, [...path, 'scheduling']).flatMap(hitOf);
  },
};

interface Term {
  readonly key: string;
  readonly values: readonly string[];
  readonly of: 'selector' | 'preference' | 'toleration';
  readonly path: Path;
}

const RUNTIME_KEY =
  /(?:^|[/._-])(?:(?:container|node|cri|oci)[._-]?)?(?:runtime|engine)(?:[._-]?(?:name|type|class))?$|(?:^|[/._-])cri$/i;
const DOCKER = /^(?:docker|dockerd|dockershim|docker-?ce|docker-?engine|moby)$/i;
const DOCKER_WORD = /(?:^|[/._-])(?:docker|dockerd|dockershim)(?:$|[/._-])/i;
/** Docker Hub's and Docker's own prefix of labels say nothing about the runtime. */
const FOREIGN_KEY = /^com\.docker\.|docker[._-]?(?:registry|hub|mirror|cache|build|builder|builds)/i;

function hitOf({ key, values, of, path }: Term): Hit[] {
  const isRuntime = RUNTIME_KEY.test(key) && values.some((value) => DOCKER.test(value));
  const mentions = !FOREIGN_KEY.test(key) && (DOCKER_WORD.test(key) || values.some((value) => DOCKER.test(value)));
  if (!isRuntime && !mentions) return [];
  const shown = values.length === 0 ? key : `${key}=${values.join('|')}`;
  const fate =
    of === 'toleration'
      ? 'The taint goes with Docker, and the toleration then has no effect.'
      : of === 'preference'
        ? 'Once no node has the label, the preference has no effect.'
        : 'Once the label of a node is changed, they stay Pending.';
  const message = `The pods ${of === 'toleration' ? 'tolerate' : of === 'preference' ? 'prefer nodes with' : 'select nodes with'} ${shown}. ${fate}`;
  const severity = of === 'selector' && isRuntime ? 'warning' : 'note';
  return [{ at: { path }, message, severity, ...(isRuntime ? {} : { confidence: 'possible' }) }];
}

type Block = Readonly<Record<string, unknown>>;

function termsOf(spec: Block, path: Path): Term[] {
  return [...selectorTerms(spec, path), ...affinityTerms(spec, path), ...tolerationTerms(spec, path)];
}

function selectorTerms(spec: Block, path: Path): Term[] {
  return ['nodeSelector', 'node_selector'].flatMap((name) => {
    const selector = spec[name];
    if (!isMapping(selector)) return [];
    return Object.entries(selector).map(([key, value]) => {
      return { key, values: [String(value)], of: 'selector', path: [...path, name, key] } as const;
    });
  });
}

/** Of labels that have to be there: `NotIn docker` goes well with any other runtime. */
function affinityTerms(spec: Block, path: Path): Term[] {
  const affinity = isMapping(spec.affinity) ? spec.affinity.nodeAffinity : undefined;
  if (!isMapping(affinity)) return [];
  const at = [...path, 'affinity', 'nodeAffinity'];
  const required = affinity.requiredDuringSchedulingIgnoredDuringExecution;
  const preferred = affinity.preferredDuringSchedulingIgnoredDuringExecution;
  const terms = isMapping(required) ? entries(required.nodeSelectorTerms) : [];
  return [
    ...terms.flatMap(([term, index]) => {
      const inner = [...at, 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms', index];
      return expressions(term, inner, 'selector');
    }),
    ...entries(preferred).flatMap(([term, index]) => {
      const inner = [...at, 'preferredDuringSchedulingIgnoredDuringExecution', index, 'preference'];
      return isMapping(term.preference) ? expressions(term.preference, inner, 'preference') : [];
    }),
  ];
}

function expressions(term: Block, path: Path, of: Term['of']): Term[] {
  return entries(term.matchExpressions).flatMap(([{ key, operator, values }, index]) => {
    if (typeof key !== 'string' || (operator !== 'In' && operator !== 'Exists')) return [];
    const list = Array.isArray(values) ? values.map(String) : [];
    return [{ key, values: list, of, path: [...path, 'matchExpressions', index, 'key'] }];
  });
}

function tolerationTerms(spec: Block, path: Path): Term[] {
  return ['tolerations', 'toleration'].flatMap((name) =>
    entries(spec[name]).flatMap(([{ key, value }, index]): Term[] => {
      if (typeof key !== 'string') return [];
      return [
        {
          key,
          values: typeof value === 'string' ? [value] : [],
          of: 'toleration',
          path: [...path, name, index, 'key'],
        },
      ];
    }),
  );
}

const entries = (list: unknown): [Block, number][] =>
  Array.isArray(list)
    ? list.flatMap((one: unknown, index) => (isMapping(one) ? [[one, index] as [Block, number]] : []))
    : [];
