import type { Shell } from './shell.js';

const SCRIPT = 'kill -s "$1" -- "-$2"';

/** Signals a process group where the shell runs its commands. Whether that worked shows in the group's own end. */
export async function killGroup(exec: Shell['exec'], group: number, signal: 'TERM' | 'KILL'): Promise<void> {
  await exec(['sh', '-c', SCRIPT, 'sh', signal, String(group)], { timeoutMs: 3_000, what: `signal ${signal}` });
}
