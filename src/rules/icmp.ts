import type { TextView } from '../manifests/views.js';
import { commandPlace } from './config-texts/command-place.js';
import { securityOf } from './parts/security-of.js';
import type { Hit, Rule, Scene } from './rule.js';

const PROGRAMS: ReadonlySet<string> = new Set(['ping', 'ping6', 'fping', 'fping6', 'arping', 'hping3', 'oping']);
const SYSCTL = 'net.ipv4.ping_group_range';

export const icmp: Rule = {
  id: 'icmp',
  title: 'Container pings, and CRI-O gives it no NET_RAW',
  severity: 'warning',
  why:
    'Docker and containerd leave NET_RAW among the capabilities of a container, and Docker lets every group ping since 20.10. The defaults of CRI-O have no NET_RAW: ' +
    'ping fails with "operation not permitted", and a probe that pings fails with it.',
  fix: `Add the capability NET_RAW to the container, set the pod's sysctl ${SYSCTL} to "0 2147483647", or extend default_capabilities of CRI-O.`,
  links: [
    'https://github.com/cri-o/cri-o/blob/main/docs/crio.conf.5.md',
    'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container',
  ],
  words: [
    ...[' ', '"', "'", '/', '[', ',', '(', '`', ';', '&', '|', '\\n', '\\t'].map((before) => `${before}ping`),
    ...['fping', 'arping', 'hping', 'oping'],
  ],

  *text(view: TextView, { target }: Scene): Iterable<Hit> {
    const { pod, container } = view;
    // A pod in the node's network has the node's sysctl, by which systemd lets everybody ping.
    if (target !== 'crio' || pod === undefined || container === undefined || pod.hostNetwork) return;
    if (!view.text.includes('ping')) return;
    const { added, privileged, sysctls } = securityOf(pod, container);
    if (privileged || added.includes('NET_RAW') || added.includes('ALL') || sysctls.has(SYSCTL)) return;
    for (const command of view.commands()) {
      if (!PROGRAMS.has(command.name) || command.onHost) continue;
      yield {
        ...commandPlace(view, command),
        message: `Container ${container.name} runs ${command.name}, for which CRI-O gives it no capability NET_RAW: "operation not permitted".`,
        container: container.name,
      };
      return;
    }
  },
};
