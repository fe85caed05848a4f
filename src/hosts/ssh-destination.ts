import { MigrateError } from '../core/errors.js';
import { sshConfigKnows } from './ssh-config-knows.js';

export interface SshDestinationOptions {
  /** The node's name in the cluster. */
  readonly name: string;
  readonly internalIp: string | undefined;
  /** `--ssh-host`: `{name}.example.com`, `{ip}`. */
  readonly template?: string;
  readonly sshConfigFile?: string;
}

/**
 * Where a node is reached by ssh: where the template says, else by its name if ssh's configuration knows it, else by
 * its InternalIP.
 */
export async function sshDestination(options: SshDestinationOptions): Promise<string> {
  const { name, internalIp, template, sshConfigFile } = options;
  if (template !== undefined) return fill(template, name, internalIp);
  // A name in the DNS alone is no sign: nodes are often named like hosts that the operator's network resolves
  // elsewhere.
  if (internalIp === undefined || (await sshConfigKnows(name, sshConfigFile))) return name;
  return internalIp;
}

function fill(template: string, name: string, internalIp: string | undefined): string {
  const destination = template.replace(/\{([^{}]*)\}/g, (_whole, key: string) => {
    if (key === 'name') return name;
    if (key !== 'ip') {
      throw new MigrateError('usage', `--ssh-host does not know {${key}}.`, { hint: 'It knows {name} and {ip}.' });
    }
    if (internalIp === undefined) {
      throw new MigrateError('input', `--ssh-host asks for {ip}, but node ${name} has no InternalIP.`, {
        hint: `Use {name}, or name the node in ssh's configuration.`,
      });
    }
    return internalIp;
  });
  if (destination === '' || /^-|[\s{}]/.test(destination)) {
    throw new MigrateError('usage', `--ssh-host gives "${destination}" for node ${name}, which is not a host.`, {
      hint: 'Write it like {name}.example.com or admin@{ip}.',
    });
  }
  return destination;
}
