import type { Path } from '../manifests/place.js';
import type { ContainerView, PodView } from '../manifests/views.js';
import { isMapping } from '../manifests/mapping.js';
import { isWindowsPod } from './parts/is-windows-pod.js';
import { securityOf } from './parts/security-of.js';
import type { Hit, Rule, Scene } from './rule.js';

const SYSCTL = 'net.ipv4.ip_unprivileged_port_start';
const FIRST_UNPRIVILEGED = 1024;

export const unprivilegedPort: Rule = {
  id: 'unprivileged-port',
  title: 'A process without root listens on a port below 1024',
  severity: 'error',
  why:
    `Docker sets ${SYSCTL} to 0 in every container since 20.10, so that any user may listen on any port. containerd does so from 2.0 on by default and before only when told, CRI-O only when told. ` +
    'Elsewhere the process gets "permission denied" and the container crashes again and again. The capability NET_BIND_SERVICE helps a process that is not root only where its file has it as well.',
  fix: `Set the sysctl ${SYSCTL} to 0 for the pod (safe since Kubernetes 1.22), or listen on a port from 1024 on and let the Service map it.`,
  links: [
    'https://github.com/moby/moby/pull/41030',
    'https://github.com/containerd/containerd/issues/2516',
    'https://github.com/kubernetes/kubernetes/issues/102612',
    'https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/',
  ],
  words: [
    [{ word: 'containerPort', next: 'low-port' }, 'runAs'],
    [{ word: 'container_port', next: 'low-port' }, 'run_as'],
  ],

  *pod(pod: PodView, { target }: Scene): Iterable<Hit> {
    // A pod in the node's network has the node's sysctl with any runtime.
    if (target === 'cri-dockerd' || pod.hostNetwork || isWindowsPod(pod)) return;
    for (const container of pod.containers) {
      const ports = lowPorts(container);
      const [first] = ports;
      if (first === undefined) continue;
      const security = securityOf(pod, container);
      const { runAsUser, runAsNonRoot, sysctls, added, privileged, noNewPrivileges } = security;
      if (runAsUser === 0 || (runAsUser === undefined && !runAsNonRoot)) continue;
      const start = Number(sysctls.get(SYSCTL) ?? FIRST_UNPRIVILEGED);
      const denied = ports.filter(({ port }) => port < start);
      if (denied.length === 0) continue;
      // A declared port is as good as the process's word; a capability of the program's file would be in no manifest.
      const mayHold = privileged || ((added.includes('NET_BIND_SERVICE') || added.includes('ALL')) && !noNewPrivileges);
      const who = runAsUser === undefined ? 'not as root' : `as user ${runAsUser}`;
      const list = denied.map(({ port }) => port).join(', ');
      yield {
        at: { path: denied[0]?.path ?? first.path },
        message: `Container ${container.name} runs ${who} and listens on port ${list}, which Docker allows. ${fate(target)}${mayHold ? UNLESS : ''}`,
        ...(mayHold ? { confidence: 'possible', severity: 'warning' } : {}),
        fix: fixFor(target),
        container: container.name,
      };
    }
  },
};

const UNLESS = ' NET_BIND_SERVICE helps only if the file of the program has the capability, too.';

const fate = (target: Scene['target']): string =>
  target === 'crio'
    ? `Under CRI-O it gets "permission denied" and crashes again and again, unless default_sysctls has ${SYSCTL}=0.`
    : 'Under containerd 1.x it gets "permission denied" and crashes again and again, unless enable_unprivileged_ports is true; 2.0 has that by default.';

const fixFor = (target: Scene['target']): string =>
  `Set the pod's sysctl ${SYSCTL} to 0 (securityContext.sysctls), or let it listen on a port from 1024 on with the Service's targetPort changed. For all pods of a node: ${
    target === 'crio'
      ? `default_sysctls = ["${SYSCTL}=0"] in the table crio.runtime.`
      : 'enable_unprivileged_ports = true in the CRI plugin of containerd 1.6 or 1.7.'
  }`;

function lowPorts({ value, path }: ContainerView): { readonly port: number; readonly path: Path }[] {
  return ['ports', 'port'].flatMap((key) => {
    const ports: unknown = value[key];
    const entries: readonly unknown[] = Array.isArray(ports) ? ports : [ports];
    return entries.flatMap((entry, index) => {
      if (!isMapping(entry)) return [];
      const name = 'container_port' in entry ? 'container_port' : 'containerPort';
      const port = Number(entry[name]);
      if (!(port > 0 && port < FIRST_UNPRIVILEGED)) return [];
      return [{ port, path: [...path, key, ...(Array.isArray(ports) ? [index] : []), name] }];
    });
  });
}
