import type { ExecOptions, ExecResult } from '../../../src/core/ports.js';
import { messageOf } from '../../../src/core/errors.js';
import type { Machine } from '../machine/machine.js';
import { SystemctlError } from '../machine/systemd.js';
import { containerCommands } from './container-commands.js';
import { crioCommands } from './crio-commands.js';
import { fileCommands } from './file-commands.js';
import { packageCommands } from './package-commands.js';
import { systemCommands } from './system-commands.js';
import { systemctl } from './systemctl.js';

export type Answer = Partial<ExecResult>;
export type Command = (machine: Machine, args: readonly string[], options: ExecOptions) => Answer | Promise<Answer>;

const COMMANDS: Readonly<Record<string, Command>> = {
  ...fileCommands,
  ...packageCommands,
  ...containerCommands,
  ...crioCommands,
  ...systemCommands,
  systemctl,
};

/** Runs a command as the machine would. What the machine does not have ends with 127, as in a shell. */
export async function execute(machine: Machine, argv: readonly string[], options: ExecOptions): Promise<ExecResult> {
  const [program = '', ...args] = argv;
  const command = COMMANDS[program.split('/').at(-1) ?? ''];
  if (command === undefined) return { code: 127, stdout: '', stderr: `sh: 1: ${program}: not found\n` };
  try {
    return { code: 0, stdout: '', stderr: '', ...(await command(machine, args, options)) };
  } catch (error) {
    const code = error instanceof SystemctlError ? error.code : 1;
    return { code, stdout: '', stderr: `${messageOf(error)}\n` };
  }
}
