import { MigrateError } from '../../../src/core/errors.js';
import { normaliseReference } from '../../../src/config/image-reference.js';
import { isProbe, probeOutput } from '../machine/probe-output.js';
import type { Machine } from '../machine/machine.js';
import type { Answer, Command } from './execute.js';

const BYTES_PER_MS = 60_000;

function needDocker({ docker }: Machine): void {
  if (!docker.running) throw new Error('Cannot connect to the Docker daemon at unix:///var/run/docker.sock.');
}

function needContainerd({ containerd }: Machine): void {
  if (containerd.settings === undefined) throw new Error('ctr: failed to dial "/run/containerd/containerd.sock"');
}

/** `docker save … | ctr images import -`, as the step that carries images writes it. */
async function carry(machine: Machine, names: readonly string[]): Promise<Answer> {
  needDocker(machine);
  needContainerd(machine);
  const { docker, containerd, clock } = machine;
  for (const name of names) {
    const image = docker.imageNamed(name);
    if (image === undefined) throw new Error(`Error response from daemon: reference does not exist: ${name}`);
    await clock.sleep(Math.ceil(image.sizeBytes / BYTES_PER_MS));
    containerd.images.set(normaliseReference(name), image.id);
  }
  return {};
}

export const containerCommands: Readonly<Record<string, Command>> = {
  sh(machine, args) {
    const [flag, script = '', , ...names] = args;
    if (flag === '-c' && /docker save "\$@"/.test(script) && /ctr --namespace k8s\.io images import -/.test(script)) {
      return carry(machine, names);
    }
    if (flag === '-c' && script.endsWith('end_crio_pods \'\' "$@"')) {
      for (const id of names) machine.crio.endBehindItsBack(id);
      for (const id of names) machine.cni.del(id);
      return {};
    }
    if (isProbe(script)) return { stdout: probeOutput(machine, names) };
    throw new MigrateError('bug', `the simulated machine has no shell: ${script}`);
  },

  async docker(machine, [verb, ...args]) {
    needDocker(machine);
    const { docker } = machine;
    const operands = args.filter((arg) => !arg.startsWith('-'));
    switch (verb) {
      case 'ps': {
        const running = docker.containers().filter(({ state }) => state === 'running');
        return { stdout: running.map(({ id }) => `${id}\n`).join('') };
      }
      case 'stop':
        await Promise.all(operands.map((id) => docker.stop(id, 10)));
        return { stdout: operands.map((id) => `${id}\n`).join('') };
      case 'start':
        for (const id of operands) docker.start(id);
        return {};
      case 'tag': {
        const [id = '', name = ''] = operands;
        const image = docker.images.get(id);
        if (image === undefined) throw new Error(`Error response from daemon: No such image: ${id}`);
        docker.images.set(id, { ...image, tags: [...image.tags.filter((tag) => tag !== name), name] });
        return {};
      }
      case 'rmi': {
        const [name = ''] = operands;
        const image = docker.imageNamed(name);
        if (image === undefined && args.includes('--force')) return { stderr: `Error: No such image: ${name}\n` };
        if (image === undefined) throw new Error(`Error: No such image: ${name}`);
        const left = docker.images.get(image.id);
        if (left !== undefined) docker.images.set(image.id, { ...left, tags: left.tags.filter((tag) => tag !== name) });
        return {};
      }
      default:
        throw new MigrateError('bug', `the simulated docker does not know ${verb ?? ''}`);
    }
  },

  ctr(machine, args) {
    needContainerd(machine);
    const { images } = machine.containerd;
    const words = args.filter(
      (arg, index) => !arg.startsWith('-') && !/^--(?:namespace|address)$/.test(args[index - 1] ?? ''),
    );
    const [object, verb, ...names] = words;
    if (object === 'images' && verb === 'rm') {
      // It warns of names that are not there, and ends well.
      for (const name of names) images.delete(normaliseReference(name));
      return {};
    }
    if (object === 'images' && verb === 'tag') {
      const [source = '', target = ''] = names;
      const id = images.get(source);
      if (id === undefined) throw new Error(`ctr: image "${source}": not found`);
      images.set(target, id);
      return {};
    }
    throw new MigrateError('bug', `the simulated ctr does not know ${words.join(' ')}`);
  },

  containerd({ files }, args) {
    if (args.includes('--version')) {
      return { stdout: 'containerd github.com/containerd/containerd 1.6.20~ds1 1.6.20~ds1-1+deb12u3\n' };
    }
    const text = args[0] === '-c' ? files.text(args[1] ?? '') : '';
    if (text === undefined) throw new Error(`containerd: open ${args[1] ?? ''}: no such file or directory`);
    return { stdout: text };
  },
};
