import { readFileSync } from 'node:fs';

/**
 * What makes a process this one and no later one under the same number: when it started, in ticks since the machine did,
 * and the program it runs. Undefined when it is gone or only waits to be reaped.
 */
export function processIdentity(pid: number): { readonly startTicks: string; readonly program: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is a name in parentheses that may itself hold spaces; counting starts after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const program = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] ?? '';
    return { startTicks: fields[19] ?? '', program };
  } catch {
    return undefined;
  }
}
