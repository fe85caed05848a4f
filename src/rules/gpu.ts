import { valueOf } from '../core/fact.js';
import type { NodeInventory } from '../core/inventory.js';
import type { ObjectView, TextView } from '../manifests/views.js';
import { daemonConfig } from './node-facts/daemon-config.js';
import { isRecord } from './node-facts/is-record.js';
import { nodeRuntime } from './node-facts/node-runtime.js';
import type { Hit, Rule, Scene, Unknowable } from './rule.js';

const INSTALLERS = new Set(['apt', 'apt-get', 'yum', 'dnf', 'zypper', 'rpm', 'dpkg']);

export const gpu: Rule = {
  id: 'gpu',
  title: "GPUs reach containers by a runtime of Docker's",
  severity: 'error',
  why: 'nvidia-docker2 and the runtime nvidia of daemon.json make Docker hand GPUs to containers. Another runtime has no such handler until it is given one: pods that ask for a GPU start without its devices, or the device plugin finds none.',
  fix: 'Install nvidia-container-toolkit and run nvidia-ctk for the new runtime before the node is switched.',
  links: [
    'https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/install-guide.html',
    'https://github.com/NVIDIA/k8s-device-plugin',
  ],
  words: ['nvidia-docker', 'nvidia-ctk', ['nvidia', 'default-runtime'], ['nvidia', 'runtimes']],
  *object(view: ObjectView, scene: Scene) {
    const config = scene.target === 'cri-dockerd' ? undefined : daemonConfig(view);
    if (config === undefined) return;
    const { runtimes, 'default-runtime': usual } = config.settings;
    const isDefault = typeof usual === 'string' && usual.includes('nvidia');
    if (!isDefault && !hasNvidia(runtimes)) return;
    yield {
      at: { path: [...config.path, isDefault ? 'default-runtime' : 'runtimes'], key: true },
      // Whether the nodes have GPUs and pods ask for them is not said here.
      confidence: 'possible',
      message: `Docker is given the runtime nvidia${isDefault ? ' for every container' : ''}; another runtime has none, and pods that ask for a GPU find no device.`,
      fix: fixFor(scene, isDefault),
    };
  },
  *text(view: TextView, scene: Scene) {
    if (scene.target === 'cri-dockerd' || view.pod !== undefined) return;
    for (const { name, words, offset, length } of view.commands()) {
      const installs = INSTALLERS.has(name) && words.some((word) => /^nvidia-docker2?(?:[=-]\d.*)?$/.test(word));
      const configures =
        name === 'nvidia-ctk' &&
        words.some((word, at) => word === '--runtime=docker' || (word === '--runtime' && words[at + 1] === 'docker'));
      if (!installs && !configures) continue;
      yield {
        at: view.at(offset, length),
        message: `The machine hands GPUs to containers of Docker (${installs ? 'nvidia-docker' : 'nvidia-ctk for docker'}); under another runtime pods that ask for a GPU find no device.`,
        fix: fixFor(scene, false),
      };
    }
  },
  *node(inventory: NodeInventory, scene: Scene): Iterable<Hit | Unknowable> {
    if (scene.target === 'cri-dockerd' || nodeRuntime(inventory).kind === 'another') return;
    const { docker, packages, node, name } = inventory;
    if (!docker.known && !packages.known) {
      yield { undecided: docker.why };
      return;
    }
    const runtimes = valueOf(docker)?.runtimes ?? {};
    const package_ = Object.keys(valueOf(packages)?.installed ?? {}).find((one) => /^nvidia-docker/.test(one));
    const isDefault = valueOf(docker)?.defaultRuntime.includes('nvidia') === true;
    if (!isDefault && package_ === undefined && !hasNvidia(runtimes)) return;
    const gpus = valueOf(node)?.allocatable['nvidia.com/gpu'] ?? '0';
    const how = isDefault
      ? 'the default runtime nvidia'
      : package_ === undefined
        ? 'the runtime nvidia'
        : `the package ${package_}`;
    yield {
      ...(gpus === '0' ? { confidence: 'possible' as const } : {}),
      message: `Docker on node ${name} has ${how}${gpus === '0' ? '' : `, and the node offers ${gpus} GPUs`}; another runtime has none, and pods that ask for a GPU find no device.`,
      evidence: how,
      fix: fixFor(scene, isDefault),
    };
  },
};

const hasNvidia = (runtimes: unknown): boolean =>
  isRecord(runtimes) &&
  Object.entries(runtimes).some(([name, value]) => {
    const path = isRecord(value) ? value['path'] : value;
    return name.includes('nvidia') || (typeof path === 'string' && path.includes('nvidia'));
  });

const fixFor = ({ target }: Scene, isDefault: boolean): string =>
  `Run \`nvidia-ctk runtime configure --runtime=${target === 'crio' ? 'crio' : 'containerd'}${isDefault ? ' --set-as-default' : ''}\`${isDefault ? '' : ', and give the pods a RuntimeClass with the handler nvidia'}.`;
