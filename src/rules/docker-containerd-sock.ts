import type { ShellCommand } from '../manifests/shell-command.js';
import type { PodView, TextView } from '../manifests/views.js';
import { commandPlace } from './config-texts/command-place.js';
import { dockerStays } from './parts/docker-stays.js';
import { isDockerContainerd } from './parts/is-docker-containerd.js';
import { namedHits } from './parts/named-hits.js';
import { reachesOf } from './parts/reach.js';
import { volumeHit } from './parts/volume-hit.js';
import type { Hit, Rule, Scene } from './rule.js';

const MOBY = [' moby', '"moby', "'moby", '=moby', '-nmoby'];

export const dockerContainerdSock: Rule = {
  id: 'docker-containerd-sock',
  title: "dockerd's own containerd is used",
  severity: 'error',
  why:
    'dockerd may run a containerd of its own with the socket in /run/docker/containerd, and has its containers ' +
    'in the namespace moby. The containerd that serves Kubernetes listens on /run/containerd/containerd.sock and ' +
    'has them in the namespace k8s.io.',
  fix: 'Use /run/containerd/containerd.sock and the namespace k8s.io: ctr -n k8s.io, nerdctl -n k8s.io or crictl.',
  links: [
    'https://docs.docker.com/reference/cli/dockerd/',
    'https://github.com/containerd/containerd/blob/main/docs/cri/crictl.md',
  ],
  words: ['docker', ...MOBY],

  *pod(pod: PodView, scene: Scene): Iterable<Hit> {
    for (const reach of reachesOf(pod, isDockerContainerd)) {
      const says = 'Once Docker is gone, nothing serves it.';
      yield volumeHit(reach, pod, scene, { says, severity: 'error' });
    }
    if (!dockerStays(scene)) yield* namedHits(pod, isDockerContainerd, 'Once Docker is gone, nothing serves it.');
  },

  *text(view: TextView, scene: Scene): Iterable<Hit> {
    if (dockerStays(scene) || !view.text.includes('moby')) return;
    for (const command of view.commands()) {
      if (!asksMoby(command)) continue;
      const message = `${command.name} asks for containers in the namespace moby, which is empty once Docker is gone: those of Kubernetes are in k8s.io.`;
      yield { ...commandPlace(view, command), message };
    }
  },
};

function asksMoby({ name, words }: ShellCommand): boolean {
  if (name !== 'ctr' && name !== 'nerdctl') return false;
  return words.some((word, index) =>
    word === 'moby' ? /^(?:-n|--namespace)$/.test(words[index - 1] ?? '') : /^(?:-n|--namespace)=?moby$/.test(word),
  );
}
