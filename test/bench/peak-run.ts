import { execa } from 'execa';

export interface PeakRun {
  readonly seconds: number;
  /** Of the process's resident memory. */
  readonly maxMb: number;
  readonly exitCode: number;
  readonly stdout: string;
}

/** Runs a Node.js program to its end, from start to exit as a user would wait for it. */
export async function peakRun(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<PeakRun> {
  const { stdout, stderr, exitCode, durationMs } = await execa(
    '/usr/bin/time',
    ['-f', 'peak %M', process.execPath, ...argv],
    { timeout: 600_000, reject: false, env, maxBuffer: 1 << 30 },
  );
  const peakKb = Number(/peak (\d+)\s*$/.exec(stderr)?.[1]);
  if (exitCode === undefined || Number.isNaN(peakKb)) throw new Error(`${argv.join(' ')}: ${stderr.slice(-2000)}`);
  return { seconds: durationMs / 1000, maxMb: (peakKb * 1024) / 1e6, exitCode, stdout };
}
