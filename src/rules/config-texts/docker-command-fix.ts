import type { ShellCommand } from '../../manifests/shell-command.js';
import { DOCKER_CLIENT_OPTIONS } from '../parts/docker-client-options.js';

/** Options of the client that take the next word. */
const WITH_VALUE: ReadonlySet<string> = new Set([...DOCKER_CLIENT_OPTIONS, '--tlscacert', '--tlscert', '--tlskey']);
/** `docker container ls` is `docker ps`: the verb is the second word. */
const MANAGED: ReadonlySet<string> = new Set(['container', 'image', 'system', 'builder', 'buildx']);

/** The client's subcommand in one word: `ps`, `image prune` and `container ls` as they are; empty when there is none. */
export function dockerVerb({ name, words }: Pick<ShellCommand, 'name' | 'words'>): string {
  if (name.startsWith('docker-compose')) return 'compose';
  let at = 1;
  while (at < words.length && words[at]?.startsWith('-') === true) at += WITH_VALUE.has(words[at] ?? '') ? 2 : 1;
  const verb = words[at] ?? '';
  return MANAGED.has(verb) ? `${verb} ${words[at + 1] ?? ''}`.trim() : verb;
}

const IMAGE_GC =
  'Leave it to the kubelet, which removes unused images and dead containers (imageGCHighThresholdPercent); by hand: `crictl rmi --prune`.';
const BUILD = 'Build with kaniko, buildah or BuildKit (rootless), which need no daemon on the node.';
const RUN =
  'Run it as a pod, a DaemonSet or a static pod; what has to stay outside of Kubernetes as a systemd unit with `nerdctl run` or podman.';
const CONTAINERD_ONLY = 'With containerd `nerdctl -n k8s.io` has the same subcommand; with CRI-O use podman.';

const FIXES: Readonly<Record<string, string>> = {
  ps: 'Use `crictl ps` (`-a` for dead ones too; `crictl pods` for sandboxes), or ask the Kubernetes API with a field selector on spec.nodeName.',
  'container ls': 'Use `crictl ps` (`-a` for dead ones too; `crictl pods` for sandboxes).',
  'container ps': 'Use `crictl ps` (`-a` for dead ones too; `crictl pods` for sandboxes).',
  inspect:
    'Use `crictl inspect` for a container, `crictl inspectp` for a sandbox, `crictl inspecti` for an image; the JSON has another shape.',
  'image inspect': 'Use `crictl inspecti`; the JSON has another shape.',
  logs: 'Use `kubectl logs`, or `crictl logs` on the node.',
  exec: 'Use `kubectl exec`, or `crictl exec -it` on the node.',
  attach: 'Use `kubectl attach`, or `crictl attach` on the node.',
  cp: 'Use `kubectl cp`.',
  images: 'Use `crictl images`.',
  'image ls': 'Use `crictl images`.',
  pull: 'Use `crictl pull` (with `--creds` where needed; it does not read ~/.docker/config.json), or a DaemonSet that names the image.',
  'image pull': 'Use `crictl pull` (with `--creds` where needed; it does not read ~/.docker/config.json).',
  rmi: 'Use `crictl rmi`.',
  'image rm': 'Use `crictl rmi`.',
  rm: 'Use `crictl rm`, or delete the pod.',
  'container rm': 'Use `crictl rm`, or delete the pod.',
  stop: 'Use `crictl stop`, or delete the pod.',
  kill: 'Use `crictl stop --timeout 0`, or delete the pod.',
  restart: 'Delete the pod, or `crictl stop` the container: the kubelet starts it anew.',
  stats: 'Use `crictl stats`, or `kubectl top pod`.',
  top: 'Use `kubectl exec POD -- ps`, or `crictl exec`.',
  info: 'Use `crictl info`; its JSON has another shape.',
  'system info': 'Use `crictl info`; its JSON has another shape.',
  version: 'Use `crictl version`.',
  events: 'Use `kubectl get events --watch`, or `crictl events` (CRI v1 with evented PLEG).',
  'system events': 'Use `kubectl get events --watch`.',
  'system df': 'Use `crictl imagefsinfo` and `crictl stats`.',
  'system prune': IMAGE_GC,
  'image prune': IMAGE_GC,
  'container prune': IMAGE_GC,
  'builder prune': 'Drop it: build caches live with the builder (BuildKit, kaniko), no longer on the node.',
  build: BUILD,
  'image build': BUILD,
  'buildx build': BUILD,
  'builder build': BUILD,
  push: 'Push with the builder (kaniko, buildah push) or with `skopeo copy`.',
  'image push': 'Push with the builder (kaniko, buildah push) or with `skopeo copy`.',
  tag: 'Use `ctr -n k8s.io images tag` (containerd), or `skopeo copy` between registries.',
  save: 'Use `ctr -n k8s.io images export FILE IMAGE` (containerd), or `skopeo copy` (CRI-O).',
  'image save': 'Use `ctr -n k8s.io images export FILE IMAGE` (containerd), or `skopeo copy` (CRI-O).',
  load: 'Use `ctr -n k8s.io images import FILE` (containerd), or `skopeo copy docker-archive:FILE containers-storage:IMAGE` (CRI-O).',
  'image load':
    'Use `ctr -n k8s.io images import FILE` (containerd), or `skopeo copy docker-archive:FILE containers-storage:IMAGE` (CRI-O).',
  import: 'Build an image with buildah and push it to a registry.',
  commit: 'Build the image from a Dockerfile instead.',
  login:
    'Put the credentials into imagePullSecrets or a kubelet credential provider; the kubelet goes on reading its own /var/lib/kubelet/config.json.',
  logout: 'Drop it: neither containerd nor CRI-O keeps a login.',
  run: RUN,
  'container run': RUN,
  create: RUN,
  start: RUN,
  compose: 'Turn the services into Deployments (kompose helps) or static pods.',
  network: "Pods' networks are made by CNI: move it into the CNI configuration.",
  volume: 'Use PersistentVolumes or a CSI driver.',
  plugin: "Docker's plugins end with dockerd: use CSI for volumes and CNI for networks.",
  swarm: 'Swarm needs dockerd: move the services to Kubernetes.',
  service: 'Swarm needs dockerd: move the services to Kubernetes.',
  stack: 'Swarm needs dockerd: move the services to Kubernetes.',
};

/** What to do instead of this very command of the Docker client. */
export function dockerCommandFix(verb: string): string {
  return FIXES[verb] ?? FIXES[verb.split(' ')[0] ?? ''] ?? `There is no counterpart in crictl. ${CONTAINERD_ONLY}`;
}
