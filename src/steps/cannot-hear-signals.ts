import type { ReadHost } from '../core/ports.js';

/** Signals that images name as their STOPSIGNAL, by number on Linux: HUP, INT, QUIT, USR1, USR2, TERM, WINCH, RTMIN+3. */
const STOP_SIGNALS = [1, 2, 3, 10, 12, 15, 28, 37];

/**
 * Whether a container's first process can be asked to end at all. The kernel drops a signal for the first process of a
 * PID namespace unless that process has a handler for it (pid_namespaces(7)): waiting out the grace period of one that
 * has none changes nothing but the length of the outage.
 */
export async function cannotHearSignals(host: ReadHost, pid: number): Promise<boolean> {
  if (pid <= 0) return false;
  const content = await host.readFile(`/proc/${pid}/status`);
  if (content === undefined) return false;
  const status = new TextDecoder().decode(content);
  const namespacePids = /^NSpid:\s*(.+)$/m.exec(status)?.[1]?.split(/\s+/) ?? [];
  const caught = /^SigCgt:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  if (caught === undefined || namespacePids.length < 2 || namespacePids.at(-1) !== '1') return false;
  const mask = BigInt(`0x${caught}`);
  return STOP_SIGNALS.every((signal) => (mask & (1n << BigInt(signal - 1))) === 0n);
}
