import { InvalidArgumentError, Option, type Command } from 'commander';

/** How nodes and the cluster are reached: the options that every command shares. */
export interface Settings {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly via?: 'local' | 'ssh';
  readonly sshConfig?: string;
  readonly sshUser?: string;
  readonly sshHost?: string;
  readonly debug?: boolean;
}

export function withSettings(command: Command): Command {
  return command
    .option('--kubeconfig <file>', 'how to reach the cluster (default: $KUBECONFIG, ~/.kube/config)')
    .option('--context <name>', "the kubeconfig's context")
    .addOption(
      new Option('--via <way>', 'how to reach a node (default: local when it is this machine, else ssh)').choices([
        'ssh',
        'local',
      ]),
    )
    .option('--ssh-config <file>', "OpenSSH client configuration instead of the user's own")
    .option('--ssh-user <name>', 'log in as; sudo is used when it is not root')
    .option('--ssh-host <template>', "where a node's sshd is, as '{name}.example.com' or '{ip}'")
    .option('--debug', 'show every command that is run, and where an error comes from');
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `90s`, `15m`, `1h`, `0` → milliseconds. */
export function durationMs(text: string): number {
  if (!/^\d+(ms|s|m|h)$|^0$/.test(text)) throw new InvalidArgumentError('a duration looks like 90s, 15m or 1h');
  const [, amount = '0', unit = 's'] = /^(\d+)(\D*)$/.exec(text) ?? [];
  return Number(amount) * (UNITS[unit || 's'] ?? 1000);
}
