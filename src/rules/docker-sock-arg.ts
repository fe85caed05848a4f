import { baseName } from '../core/base-name.js';
import { forTarget } from './config-texts/for-target.js';
import type { ContainerView, PodView, TextView } from '../manifests/views.js';
import { dockerSocketsIn } from './config-texts/docker-sockets-in.js';
import { isDockerProviderFlag } from './config-texts/is-docker-provider-flag.js';
import { scriptSockets } from './config-texts/script-sockets.js';
import type { Hit, Rule } from './rule.js';

export const dockerSockArg: Rule = {
  id: 'docker-sock-arg',
  title: 'A container is told to use the Docker socket by its arguments',
  severity: 'error',
  why:
    'The program dials the Docker API on the socket that it is given. Under containerd or CRI-O nothing listens there, or a dockerd ' +
    'that knows none of the containers of Kubernetes.',
  fix: "Give the program the CRI socket (/run/containerd/containerd.sock, /var/run/crio/crio.sock) by its own option, or use the product's Kubernetes mode.",
  links: [
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/check-if-dockershim-removal-affects-you/',
    'https://github.com/google/cadvisor/blob/master/docs/runtime_options.md',
  ],
  words: ['docker.sock', 'docker_engine'],
  pod: (view, scene) => forTarget(inPod(view), scene),
  text: (view, scene) => forTarget(inText(view), scene),
};

function* inPod(view: PodView): Iterable<Hit> {
  if (view.hasOwnDocker) return;
  for (const container of view.containers) {
    const program = baseName(container.command[0]?.text ?? container.args[0]?.text ?? '');
    if (/^docker(?:-compose|d)?(?:\.exe)?$/.test(program)) continue;
    for (const word of [...container.command, ...container.args]) {
      const [socket] = /\s/.test(word.text) ? [] : dockerSocketsIn(word.text);
      if (socket === undefined || isOthers(word.text, container) || leavesOut(word.text)) continue;
      const at = { path: word.path, offset: socket.offset, length: socket.text.length };
      yield { ...hitOf(socket.text, view, container), at, evidence: word.text };
    }
  }
}

function* inText(view: TextView): Iterable<Hit> {
  const { pod, container } = view;
  if (pod === undefined || container === undefined || pod.hasOwnDocker) return;
  if (view.role !== 'command' && view.role !== 'script') return;
  const words = new Set(
    [...container.command, ...container.args].flatMap(({ text, path }) => (/\s/.test(text) ? [] : [path.join('\0')])),
  );
  for (const { text, offset } of scriptSockets(view)) {
    const at = view.at(offset, text.length);
    if (view.role === 'command' && (words.has(at.path.join('\0')) || leavesOut(view.text.slice(0, offset)))) continue;
    yield { ...hitOf(text, pod, container), at };
  }
}

function hitOf(socket: string, pod: PodView, container: ContainerView): Hit {
  const both = pod.mounts.some(
    (mount) => mount.container?.name === container.name && /\/(?:containerd|crio)\.sock$/.test(mount.hostPath),
  );
  return {
    container: container.name,
    message: `The arguments name ${socket}, where nothing answers for the containers of Kubernetes on a node with containerd or CRI-O.`,
    ...(both ? { severity: 'warning' } : {}),
    ...(/(?:^|\/)cadvisor[:@]/.test(container.image)
      ? {
          fix: 'Replace --docker with `--containerd=/run/containerd/containerd.sock` and mount that socket, or scrape the kubelet at /metrics/cadvisor.',
        }
      : {}),
  };
}

/** Flags of the kubelet and of Traefik, which rules of their own know. */
function isOthers(word: string, container: ContainerView): boolean {
  if (isDockerProviderFlag(word, container)) return true;
  const program = [...container.command, ...container.args].map(({ text }) => baseName(text));
  return /^--docker-endpoint(?:=|$)/.test(word) && program.some((name) => name === 'kubelet' || name === 'hyperkube');
}

function leavesOut(word: string): boolean {
  return /ignore|exclude|deny/i.test(word);
}
