import type { TextView } from '../manifests/views.js';
import { commandPlace } from './config-texts/command-place.js';
import { securityOf, type Security } from './parts/security-of.js';
import type { Hit, Rule, Scene } from './rule.js';

const PROGRAMS: ReadonlySet<string> = new Set(['ping', 'ping6', 'fping', 'fping6', 'arping', 'hping3', 'oping']);
const SYSCTL = 'net.ipv4.ping_group_range';

export const icmp: Rule = {
  id: 'icmp',
  title: 'Container pings without NET_RAW',
  severity: 'warning',
  why:
    'Since 20.10 Docker lets every group ping, with or without the capability NET_RAW; containerd does from 2.0 ' +
    'on by default and before only when told. CRI-O does not, and its default capabilities have no NET_RAW ' +
    'either: ping fails with "operation not permitted", and a probe that pings fails with it.',
  fix: `Add the capability NET_RAW to the container, set the pod's sysctl ${SYSCTL} to "0 2147483647", or let the runtime give it to all.`,
  links: [
    'https://github.com/cri-o/cri-o/blob/main/docs/crio.conf.5.md',
    'https://github.com/moby/moby/pull/41030',
    'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container',
  ],
  words: [
    ...[' ', '"', "'", '/', '[', ',', '(', '`', ';', '&', '|', '\\n', '\\t'].map((before) => `${before}ping`),
    ...['fping', 'arping', 'hping', 'oping'],
  ],

  *text(view: TextView, { target }: Scene): Iterable<Hit> {
    const { pod, container } = view;
    // A pod in the node's network has the node's sysctl, by which systemd lets everybody ping.
    if (target === 'cri-dockerd' || pod === undefined || container === undefined || pod.hostNetwork) return;
    if (!view.text.includes('ping')) return;
    const denial = denialOf(securityOf(pod, container), target);
    if (denial === undefined) return;
    for (const command of view.commands()) {
      if (!PROGRAMS.has(command.name) || command.onHost) continue;
      const message = `Container ${container.name} runs ${command.name}, ${denial}`;
      yield { ...commandPlace(view, command), message, fix: fixFor(target), container: container.name };
      return;
    }
  },
};

/** Why ping fails; undefined when it works, or when the manifest does not tell. */
function denialOf(security: Security, target: Scene['target']): string | undefined {
  const { added, dropped, privileged, sysctls, runAsUser, runAsNonRoot, noNewPrivileges } = security;
  if (privileged || added.includes('NET_RAW') || added.includes('ALL') || sysctls.has(SYSCTL)) return undefined;
  if (target === 'crio') return 'for which CRI-O gives it no capability NET_RAW: "operation not permitted".';
  // The program's file may have the capability, but not beyond what the container has, nor against no_new_privs.
  const isNonRoot = runAsNonRoot || (runAsUser ?? 0) > 0;
  if (!dropped.includes('NET_RAW') && !dropped.includes('ALL') && !(isNonRoot && noNewPrivileges)) return undefined;
  return `which without NET_RAW works only because Docker opens ${SYSCTL}: under containerd 1.x it gets "operation not permitted", unless enable_unprivileged_icmp is true; 2.0 has that by default.`;
}

const fixFor = (target: Scene['target']): string =>
  `Add the capability NET_RAW to the container, or set the pod's sysctl ${SYSCTL} to "0 2147483647". For all pods of a node: ${
    target === 'crio'
      ? 'NET_RAW in default_capabilities of CRI-O.'
      : 'enable_unprivileged_icmp = true in the CRI plugin of containerd 1.6 or 1.7.'
  }`;
