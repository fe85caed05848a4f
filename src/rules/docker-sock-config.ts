import type { ObjectView, PodView, TextView } from '../manifests/views.js';
import { dockerSocketsIn } from './config-texts/docker-sockets-in.js';
import { forTarget } from './config-texts/for-target.js';
import { isForbidding } from './config-texts/is-forbidding.js';
import { scriptSockets } from './config-texts/script-sockets.js';
import { socketSettingAt } from './config-texts/socket-setting-at.js';
import { socketSettingsInText } from './config-texts/socket-settings-in-text.js';
import { walkValues } from './config-texts/walk-values.js';
import { daemonConfig } from './node-facts/daemon-config.js';
import type { Hit, Rule } from './rule.js';

const OTHER_SOCKETS = /\b(?:containerd|crio)\.sock\b/;

export const dockerSockConfig: Rule = {
  id: 'docker-sock-config',
  title: 'A setting holds the Docker socket',
  severity: 'error',
  why:
    'The program dials the Docker API on the socket that its configuration names. Under containerd or CRI-O nothing listens there, ' +
    'or a dockerd that knows none of the containers of Kubernetes.',
  fix: "Set the product's CRI socket (/run/containerd/containerd.sock, /var/run/crio/crio.sock) or its Kubernetes mode, and drop this setting.",
  links: [
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/check-if-dockershim-removal-affects-you/',
    'https://hyperledger-fabric.readthedocs.io/en/latest/cc_service.html',
    'https://docs.gitlab.com/runner/executors/docker.html',
  ],
  words: ['docker.sock', 'docker_engine'],
  object: (view, scene) => forTarget(inObject(view), scene),
  pod: (view, scene) => forTarget(inPod(view), scene),
  text: (view, scene) => forTarget(inText(view), scene),
};

function* inObject(view: ObjectView): Iterable<Hit> {
  // Where dockerd itself listens is a matter of daemon-json.
  if (isForbidding(view) || daemonConfig(view) !== undefined) return;
  const found: Hit[] = [];
  let others = false;
  for (const node of walkValues(view)) {
    if (typeof node.value !== 'string') continue;
    others ||= OTHER_SOCKETS.test(node.value);
    const socket = socketSettingAt(node);
    if (socket === undefined) continue;
    const at = { path: node.path, offset: socket.offset, length: socket.text.length };
    found.push({ ...settingHit(String(node.key), socket.text), at, evidence: socket.text });
  }
  yield* others ? found.map(besideOthers) : found;
}

function* inPod(view: PodView): Iterable<Hit> {
  if (view.hasOwnDocker) return;
  for (const container of view.containers) {
    for (const { name, value, path } of container.env) {
      if (value === undefined || /^(?:DOCKER_HOST|TRAEFIK_PROVIDERS_DOCKER_ENDPOINT)$/.test(name)) continue;
      const [socket] = value.includes('\n') ? [] : dockerSocketsIn(value);
      if (socket === undefined || /exclude|ignore/i.test(name)) continue;
      yield {
        ...settingHit(name, socket.text),
        at: { path, offset: socket.offset, length: socket.text.length },
        container: container.name,
        evidence: `${name}=${socket.text}`,
      };
    }
  }
}

function* inText(view: TextView): Iterable<Hit> {
  if (view.container !== undefined || isForbidding(view)) return;
  const hits = [...textHits(view)];
  yield* OTHER_SOCKETS.test(view.text) ? hits.map(besideOthers) : hits;
}

function* textHits(view: TextView): Iterable<Hit> {
  if (view.role === 'script' || view.role === 'crontab' || view.role === 'unit' || view.role === 'command') {
    for (const { text, offset } of scriptSockets(view)) {
      if (view.role === 'unit' && isListener(view.text, offset)) continue;
      const message = `The ${view.role === 'command' ? 'command' : view.role} uses ${text}, ${AFTER}`;
      yield { at: view.at(offset, text.length), message, evidence: text };
    }
  } else {
    for (const { name, text, offset } of socketSettingsInText(view.text)) {
      yield { ...settingHit(name, text), at: view.at(offset, text.length), evidence: text };
    }
  }
}

/** Docker's own docker.socket, and a proxy in its place, make the socket; they do not dial it. */
const isListener = (unit: string, offset: number): boolean =>
  /(?:^|\n)[ \t]*ListenStream[ \t]*=[ \t]*$/.test(unit.slice(Math.max(0, offset - 40), offset));

const AFTER = 'where nothing answers for the containers of Kubernetes on a node with containerd or CRI-O.';

function settingHit(name: string, socket: string): Hit {
  const message = /^\d*$/.test(name)
    ? `The configuration names ${socket}, ${AFTER}`
    : `The setting ${name} is ${socket}, ${AFTER}`;
  if (/^(?:CORE_VM_ENDPOINT|core_vm_endpoint)$/.test(name)) {
    return {
      message,
      fix: 'Run chaincode as a service or with an external builder, and leave CORE_VM_ENDPOINT empty.',
    };
  }
  return { message };
}

/** A program that knows the sockets of several runtimes takes the one that is there. */
function besideOthers(hit: Hit): Hit {
  return {
    ...hit,
    severity: 'note',
    fix: 'The socket of another runtime is configured beside it: drop this one once no node runs Docker.',
  };
}
