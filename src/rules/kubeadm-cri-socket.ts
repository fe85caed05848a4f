import type { ObjectView, TextView } from '../manifests/views.js';
import { apiVersionOf } from './node-facts/api-version-of.js';
import { configuresNodes } from './node-facts/configures-nodes.js';
import { fields } from './node-facts/fields.js';
import { isRecord } from './node-facts/is-record.js';
import { logicalLines } from './node-facts/logical-lines.js';
import { reaches, WITHOUT_DOCKERSHIM } from './node-facts/reaches.js';
import { targetRuntime } from './node-facts/target-runtime.js';
import type { Hit, Rule, Scene } from './rule.js';

/** kubeadm and Cluster API; Ansible and Terraform. */
const FIELDS: ReadonlySet<string> = new Set(['criSocket', 'cri_socket', 'kubeadm_cri_socket']);

const OPTION = /--cri-socket[= ]\s{0,8}["']?([^\s"',;]+)/g;

export const kubeadmCriSocket: Rule = {
  id: 'kubeadm-cri-socket',
  title: "kubeadm's configuration names a socket of Docker",
  severity: 'error',
  why: 'Nodes that join with this configuration look for their runtime at a socket that nobody serves: kubeadm init, join, upgrade and reset fail in their first checks.',
  fix: "Name the new runtime's socket.",
  links: [
    'https://kubernetes.io/docs/setup/production-environment/container-runtimes/',
    'https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/',
  ],
  words: ['dockershim', 'cri-dockerd'],
  *object(view: ObjectView, scene: Scene) {
    if (!configuresNodes(view)) return;
    for (const { key, value, path } of fields(view.value)) {
      if (!FIELDS.has(key) || typeof value !== 'string') continue;
      const hit = verdictOn(key, value, scene);
      if (hit !== undefined) yield { at: { path: [...view.path, ...path] }, ...hit };
    }
    yield* instanceConfig(view, scene);
  },
  *text(view: TextView, scene: Scene) {
    const { role, text } = view;
    if (role === 'config' || !/dockershim|cri-dockerd/.test(text)) return;
    for (const line of logicalLines(text)) {
      for (const match of line.text.matchAll(OPTION)) {
        const hit = verdictOn('--cri-socket', match[1] ?? '', scene);
        if (hit !== undefined) yield { at: view.at(line.offset + match.index, match[0].length), ...hit };
      }
    }
  },
};

/** kubeadm from 1.32 on keeps the socket of a node in a KubeletConfiguration; cri-dockerd's there is another rule's. */
function* instanceConfig(view: ObjectView, scene: Scene): Generator<Hit> {
  const { value, path } = view;
  const field = 'containerRuntimeEndpoint';
  if (!apiVersionOf(view).startsWith('kubelet.config.k8s.io/') || !isRecord(value)) return;
  const endpoint = value[field];
  if (typeof endpoint !== 'string' || !endpoint.includes('dockershim')) return;
  const message = `${field} names the socket of dockershim (${endpoint}), where nobody answers: the kubelet does not start.`;
  yield { at: { path: [...path, field] }, message, fix: `Set ${field}: ${targetRuntime(scene.target).endpoint}.` };
}

function verdictOn(field: string, socket: string, scene: Scene): Omit<Hit, 'at'> | undefined {
  const { endpoint, name } = targetRuntime(scene.target);
  const fix = field.startsWith('--') ? `Use ${field}=${endpoint}.` : `Set ${field}: ${endpoint}.`;
  if (socket.includes('dockershim')) {
    const message = `${field} names the socket of dockershim (${socket}): from Kubernetes 1.24 on kubeadm finds no runtime there, and nodes do not join.`;
    return { severity: reaches(scene, WITHOUT_DOCKERSHIM) ? 'error' : 'warning', message, fix };
  }
  if (!socket.includes('cri-dockerd') || scene.target === 'cri-dockerd') return undefined;
  const message = `${field} names the socket of cri-dockerd (${socket}): nodes go on joining with Docker, and fail to once it is not installed.`;
  return { severity: 'warning', message, fix: `${fix.slice(0, -1)} when the nodes move to ${name}.` };
}
