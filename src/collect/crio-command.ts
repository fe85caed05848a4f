import { posix } from 'node:path';
import { expandExecStart } from './expand-exec-start.js';
import { parseFlags } from './parse-flags.js';

export interface CrioCommand {
  /** The bare name where the unit does not say. */
  readonly binary: string;
  readonly configPath: string;
  /** CRI-O's directory of drop-ins. */
  readonly configDir: string;
  /** Those that tell `crio config` of places other than the usual ones. */
  readonly flags: readonly string[];
}

/** The CRI-O that its unit starts, and the configuration it starts with; `variables` are those of the unit's environment. */
export function crioCommand(execStart: string, variables: Readonly<Record<string, string>>): CrioCommand {
  const argv = expandExecStart(execStart, variables);
  const flags = parseFlags(argv);
  const [program = ''] = argv;
  const configPath = flags['config'] ?? flags['c'];
  const configDir = (flags['config-dir'] ?? flags['d'])?.replace(/(?<=.)\/+$/, '');
  return {
    binary: posix.isAbsolute(program) ? program : 'crio',
    configPath: configPath ?? '/etc/crio/crio.conf',
    configDir: configDir ?? '/etc/crio/crio.conf.d',
    flags: [
      ...(configPath === undefined ? [] : ['--config', configPath]),
      ...(configDir === undefined ? [] : ['--config-dir', configDir]),
    ],
  };
}
