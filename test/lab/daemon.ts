import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { processIdentity } from './process-identity.js';
import { waitFor } from './wait-for.js';

export interface Daemon {
  /** The process's number while it runs and is still the one that was started. */
  pid(): number | undefined;
  start(argv: readonly string[], options?: StartOptions): Promise<number>;
  stop(graceMs?: number): Promise<void>;
}

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Folders of cgroups to enter first. */
  readonly cgroups?: readonly string[];
}

// The process writes its own number down before it becomes the program: an interruption cannot leave it unrecorded.
const RECORD = `
pidfile=$1; cgroups=$2; shift 2
for c in $cgroups; do echo $$ > "$c/cgroup.procs" || exit 1; done
stat=$(cat /proc/$$/stat)
echo "$$ $(echo "\${stat##*) }" | cut -d' ' -f20) $1" > "$pidfile"
exec "$@"`;

/** A process that outlives the one that starts it, known by its pid file. */
export function daemon(pidFile: string, logFile: string): Daemon {
  const pid = (): number | undefined => {
    let record: string;
    try {
      record = readFileSync(pidFile, 'utf8');
    } catch {
      return undefined;
    }
    const [number = '', startTicks, program] = record.trim().split(' ');
    const now = processIdentity(Number(number));
    if (now === undefined || now.startTicks !== startTicks) return undefined;
    // Between writing the file and becoming the program it is still the shell.
    return now.program === program || now.program === 'sh' ? Number(number) : undefined;
  };
  const start = async (argv: readonly string[], options: StartOptions = {}): Promise<number> => {
    const running = pid();
    if (running !== undefined) return running;
    rmSync(pidFile, { force: true });
    const log = openSync(logFile, 'a', 0o600);
    const child = spawn('sh', ['-c', RECORD, 'sh', pidFile, (options.cgroups ?? []).join(' '), ...argv], {
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...process.env, ...options.env },
    });
    child.unref();
    closeSync(log);
    return waitFor(`${argv[0] ?? ''} (${logFile})`, 5_000, pid, 20);
  };
  const stop = async (graceMs = 10_000): Promise<void> => {
    for (const [signal, ms] of [
      ['SIGTERM', graceMs],
      ['SIGKILL', 5_000],
    ] as const) {
      const running = pid();
      if (running === undefined) break;
      process.kill(running, signal);
      await waitFor(`the end of process ${running}`, ms, () => pid() === undefined, 50).catch((error: unknown) => {
        if (signal === 'SIGKILL') throw error;
      });
    }
    rmSync(pidFile, { force: true });
  };
  return { pid, start, stop };
}
