import type { Path } from '../manifests/place.js';
import type { ObjectView, PodView, TextView } from '../manifests/views.js';
import { isMapping } from '../manifests/mapping.js';
import { withoutComments } from './config-texts/without-comments.js';
import { daemonAtHost, daemonOf, type Daemon } from './parts/daemon-of.js';
import { dockerStays, WHILE_DOCKER_STAYS } from './parts/docker-stays.js';
import { fixForDockerUse } from './parts/fix-for-docker-use.js';
import { settingsOf } from './parts/settings-of.js';
import { withoutLogin } from './parts/without-login.js';
import type { Hit, Rule, Scene } from './rule.js';

export const dockerApiTcp: Rule = {
  id: 'docker-api-tcp',
  title: 'The Docker API of nodes is used over the network',
  severity: 'error',
  why:
    'dockerd can serve its API over TCP, by custom on port 2375, or 2376 with TLS. Once Docker is gone from the ' +
    'node, connections are refused; containerd and CRI-O serve nothing of the kind.',
  fix:
    'Use the Kubernetes API, or a docker:dind Deployment with a Service where a Docker daemon is needed. Close ' +
    'the ports in firewalls and policies.',
  links: [
    'https://docs.docker.com/engine/daemon/remote-access/',
    'https://www.iana.org/assignments/service-names-port-numbers/',
  ],
  words: ['DOCKER_HOST', ...['2375', '2376'].flatMap((port) => [`:${port}`, ` ${port}`, `"${port}`, `'${port}`])],

  *pod(pod: PodView, scene: Scene): Iterable<Hit> {
    for (const container of pod.containers) {
      for (const { name, value, path } of container.env) {
        if (name !== 'DOCKER_HOST' || value === undefined || !/^(?:tcp|https?):/.test(value)) continue;
        const daemon = daemonOf(value, pod, container);
        // What is uncertain is told for the variable already.
        if (daemon.whose === 'node')
          yield { ...hitOf(value, daemon, pod, scene), at: { path }, container: container.name };
      }
      for (const setting of settingsOf(container)) {
        if (setting.called === 'env DOCKER_HOST') continue;
        for (const { address, host, offset } of addressesIn(setting.text)) {
          const daemon = daemonAtHost(host, pod, container);
          if (daemon.whose === 'pod' || (daemon.whose === 'unknown' && dockerStays(scene))) continue;
          yield {
            ...hitOf(address, daemon, pod, scene),
            at: setting.at(offset, address.length),
            container: container.name,
          };
        }
      }
    }
  },

  *text(view: TextView, scene: Scene): Iterable<Hit> {
    if (view.container !== undefined || view.role === 'unit' || dockerStays(scene)) return;
    if (!/:237[56]\b/.test(view.text)) return;
    const seen = new Set<string>();
    for (const { address, host, offset } of addressesIn(withoutComments(view.text))) {
      // What a daemon listens on, and what stands in front of a dockerd of somebody's own.
      if (/^(?:0\.0\.0\.0|localhost|127\.|\[::\])/.test(host) || /dind|^docker$/.test(host)) continue;
      if (seen.has(address) || (view.role === 'unknown' && !isSetting(view.text, offset))) continue;
      seen.add(address);
      yield {
        ...hitOf(address, { whose: 'unknown', because: UNTOLD }, undefined, scene),
        at: view.at(offset, address.length),
      };
    }
  },

  *object(view: ObjectView, scene: Scene): Iterable<Hit> {
    const { value } = view;
    if (!isMapping(value) || dockerStays(scene)) return;
    if (value.kind === 'Endpoints') yield* endpointsHits(value, view.path, 'subsets', 'addresses');
    else if (value.kind === 'EndpointSlice')
      yield* endpointsHits({ slices: [value] }, view.path, 'slices', 'endpoints');
    else if (value.kind === 'Service' && isMapping(value.spec)) yield* serviceHits(value.spec, [...view.path, 'spec']);
  },
};

/** In YAML and the like; anything else in a text of no known role is prose. */
function isSetting(text: string, offset: number): boolean {
  const line = text.slice(Math.max(text.lastIndexOf('\n', offset - 1) + 1, offset - LONGEST_ADDRESS), offset);
  return /^\s*(?:-\s+)?(?:["']?[\w.-]+["']?\s*[:=]\s*)?["']?$/.test(line);
}

const UNTOLD = 'a host that the manifest does not tell to be a node or not';
const PORT = /:237[56](?!\d)/g;
const HOST = /(?:(?:tcp|https?):\/\/)?(\[[\w.:]*\]|\$[({]\w+[)}]|\$\w+|[\w.-]*)$/;
const LONGEST_ADDRESS = 260;

/** With a scheme any host counts; without one only an address of a node or a variable, for times and tags look the same. */
function* addressesIn(text: string): Iterable<{ address: string; host: string; offset: number }> {
  for (const { 0: port, index } of text.matchAll(PORT)) {
    const [before = '', host = ''] = HOST.exec(text.slice(Math.max(0, index - LONGEST_ADDRESS), index)) ?? [];
    if (!before.includes('://') && !/^(?:\[[a-z]|\$|\d+(?:\.\d+){3}$|localhost$)/.test(host)) continue;
    yield { address: `${before}${port}`, host, offset: index - before.length };
  }
}

function hitOf(address: string, { whose, because }: Daemon, pod: PodView | undefined, scene: Scene): Hit {
  const evidence = withoutLogin(address);
  const says = `The Docker API is asked for at ${evidence}: ${because}.`;
  if (whose === 'node') {
    const stays = dockerStays(scene);
    return {
      evidence,
      message: `${says} ${stays ? WHILE_DOCKER_STAYS : 'Once Docker is gone from the node, connections are refused.'}`,
      severity: stays ? 'note' : 'error',
      ...(pod === undefined ? {} : { fix: fixForDockerUse(pod) }),
    };
  }
  return {
    evidence,
    message: `${says} If that is a node, connections are refused once its Docker is gone.`,
    severity: 'note',
    confidence: 'possible',
  };
}

const isApiPort = (port: unknown): boolean => port === 2375 || port === 2376 || port === '2375' || port === '2376';

/** Addresses that somebody wrote down; those of pods refer to the pod. */
function* endpointsHits(
  value: Readonly<Record<string, unknown>>,
  path: Path,
  listKey: string,
  addressKey: string,
): Iterable<Hit> {
  const list: unknown = value[listKey];
  for (const [index, subset] of (Array.isArray(list) ? (list as readonly unknown[]) : []).entries()) {
    if (!isMapping(subset) || !Array.isArray(subset.ports) || !Array.isArray(subset[addressKey])) continue;
    const at = listKey === 'slices' ? path : [...path, listKey, index];
    const port = subset.ports.findIndex((one: unknown) => isMapping(one) && isApiPort(one.port));
    const foreign = (subset[addressKey] as readonly unknown[]).some(
      (one) => isMapping(one) && one.targetRef === undefined,
    );
    if (port === -1 || !foreign) continue;
    yield {
      at: { path: [...at, 'ports', port, 'port'] },
      message:
        'The endpoints lead to port 2375 or 2376 of hosts that are no pods: the Docker API of nodes. Once Docker is gone from them, connections are refused.',
    };
  }
}

function* serviceHits(spec: Readonly<Record<string, unknown>>, path: Path): Iterable<Hit> {
  if (!Array.isArray(spec.ports) || (isMapping(spec.selector) && Object.keys(spec.selector).length > 0)) return;
  const port = spec.ports.findIndex(
    (one: unknown) => isMapping(one) && (isApiPort(one.targetPort) || isApiPort(one.port)),
  );
  if (port === -1) return;
  yield {
    at: { path: [...path, 'ports', port, 'port'] },
    message:
      'The Service leads to port 2375 or 2376 of something that it selects no pods for. If these are nodes, connections are refused once their Docker is gone.',
    severity: 'note',
    confidence: 'possible',
  };
}
