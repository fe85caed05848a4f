/** Rules that ask the same of a reader, as a column of the matrix. */
export interface DependencyGroup {
  readonly id: string;
  readonly title: string;
  readonly rules: RegExp;
}

/** The first that fits a rule's id has it; the last takes all. */
export const dependencyGroups: readonly DependencyGroup[] = [
  {
    id: 'node',
    title: 'Node and kubelet',
    rules:
      /^(node|kubeadm|kubelet|kubectl|machine|runtime-docker|cgroup|cni|gpu|disk|ulimits?|daemon)\b|\bsystemd\b|\bgroup\b|\bcri-socket\b/,
  },
  { id: 'socket', title: 'Socket', rules: /\bsock(et)?\b|api-over-cri/ },
  { id: 'logs', title: 'Logs', rules: /\b(logs?|parser)\b/ },
  {
    id: 'client',
    title: 'Docker CLI and API',
    rules: /\b(cli|cmd|bin|client|host-env|api|process|pid|command|script|build)\b/,
  },
  { id: 'directories', title: 'Docker’s directories', rules: /\b(dir|root|etc|volumes?|persistent|pv)\b/ },
  {
    id: 'agents',
    title: 'Agents and metrics',
    rules: /\b(agents?|known|module|metrics?|id-prefix|cgroup|exporter|monitor)\b/,
  },
  {
    id: 'pod',
    title: 'Pod settings',
    rules: /\b(image|ports?|seccomp|apparmor|icmp|capabilit(y|ies)|selector|policy|profile|annotation)\b/,
  },
  { id: 'other', title: 'Other', rules: /^/ },
];
