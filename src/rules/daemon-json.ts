import { valueOf } from '../core/fact.js';
import type { NodeInventory } from '../core/inventory.js';
import type { ObjectView, TextView } from '../manifests/views.js';
import { daemonConfig } from './node-facts/daemon-config.js';
import { daemonFlags } from './node-facts/daemon-flags.js';
import { daemonVerdict } from './node-facts/daemon-verdict.js';
import { dockerFiles } from './node-facts/docker-files.js';
import { heredocs } from './node-facts/heredocs.js';
import { nodeRuntime } from './node-facts/node-runtime.js';
import { settingsIn } from './node-facts/settings-in.js';
import { targetRuntime } from './node-facts/target-runtime.js';
import type { Hit, Rule, Scene, Unknowable } from './rule.js';

const FILE = '/etc/docker/daemon.json';

export const daemonJson: Rule = {
  id: 'daemon-json',
  title: 'The Docker daemon has settings that another runtime does not read',
  severity: 'warning',
  why: 'Mirrors, insecure registries, proxies, limits, runtimes and the logging driver are told to dockerd. Another runtime starts with its own defaults: images are not pulled, logs are not shipped, limits are others, and nothing says so. `migrate` carries over what has a counterpart on the nodes that it switches; nodes that are made anew, and settings without a counterpart, are for someone to see to.',
  fix: 'Go through the settings one by one: docs/configuration.md says what becomes of each, and `migrate config` writes the files.',
  links: [
    'https://docs.docker.com/reference/cli/dockerd/',
    'https://github.com/containerd/containerd/blob/main/docs/hosts.md',
    'https://kubernetes.io/docs/concepts/cluster-administration/logging/#log-rotation',
  ],
  words: [
    ...['registry-mirror', 'insecure-registr', 'insecure_registr', 'exec-opt', 'storage-driver', 'storage-opt'],
    ...['data-root', 'log-driver', 'log-opt', 'live-restore', 'default-runtime', 'default-ulimit', 'add-runtime'],
    ...[
      'default-address-pool',
      'userns-remap',
      'fixed-cidr',
      'authorization-plugin',
      'max-concurrent-',
      'cgroup-parent',
    ],
    ...['exec-root', 'userland-proxy', 'selinux-enabled', 'seccomp-profile', 'no-new-privileges', 'default-shm-size'],
    ...['node-generic-resource', 'default-cgroupns-mode', 'default-ipc-mode', 'dockerd', 'docker daemon'],
    'docker.service.d',
    { word: 'docker_', next: /^\w{0,20}opt/i },
    { word: 'runtimes', next: /^["']?\s*:/ },
    ['hosts', 'tcp://'],
  ],
  *object(view: ObjectView, scene: Scene) {
    const config = daemonConfig(view);
    if (config === undefined) return;
    const inCluster = view.object.kind === 'ConfigMap' || view.object.kind === 'Secret';
    const verdict = daemonVerdict(config.settings, "the Docker daemon's settings", scene);
    if (verdict === undefined) return;
    const { worst, moot: _moot, ...hit } = verdict;
    // It may be written to nodes, or be for the dockerd of a pod.
    yield {
      at: { path: [...config.path, worst], key: true },
      ...hit,
      ...(inCluster ? { confidence: 'possible' } : {}),
    };
  },
  *text(view: TextView, scene: Scene) {
    for (const flags of daemonFlags(view)) {
      const verdict = daemonVerdict(settingsIn(flags), 'the settings on the command line of dockerd', scene);
      const flag = flags.find(({ key }) => key === verdict?.worst);
      // What every unit of Docker has says nothing.
      if (verdict === undefined || flag === undefined || verdict.moot) continue;
      const { worst: _worst, moot: _moot, ...hit } = verdict;
      yield { at: view.at(flag.offset, flag.length), ...hit };
    }
    if (view.role === 'script' && view.pod === undefined) yield* proxies(view, scene);
  },
  *node(inventory: NodeInventory, scene: Scene): Iterable<Hit | Unknowable> {
    const { kind } = nodeRuntime(inventory);
    if (scene.target === 'cri-dockerd' || (kind === 'another' && !inventory.docker.known)) return;
    const files = valueOf(inventory.files);
    if (files === undefined && !inventory.files.known) yield { undecided: inventory.files.why };
    // A file that was read is scanned as one, with its lines.
    if (files?.[FILE]?.exists !== true && inventory.docker.known) {
      const verdict = daemonVerdict(
        inventory.docker.value.daemonJson,
        `the settings in ${FILE} on node ${inventory.name}`,
        scene,
      );
      if (verdict !== undefined) {
        const { worst, moot: _moot, ...hit } = verdict;
        yield { ...hit, evidence: worst };
      }
    }
    yield* dockerFiles(files ?? {}, scene.target);
  },
};

/** The proxies that a script gives docker.service; a daemon.json that it writes is a document of its own. */
function* proxies(view: TextView, { target }: Scene): Generator<Hit> {
  if (target === 'cri-dockerd') return;
  const { unit } = targetRuntime(target);
  for (const { path, body, offset } of heredocs(view.text, '/docker.service.d/')) {
    const proxy = /\b(?:https?|no)_proxy=/i.exec(body);
    if (proxy === null) continue;
    yield {
      at: view.at(offset + proxy.index, proxy[0].length),
      message: `${path} gives Docker a proxy; where \`migrate\` does not carry it over, ${unit} is started without it and pulls no images through it.`,
      fix: `Set the same variables in a drop-in of ${unit}.`,
    };
  }
}
