import { execa } from 'execa';
import type { NodeResult } from '../../src/core/events.js';
import type { Lab } from '../lab/lab.js';

const MIGRATE = new URL('../../bin/migrate.js', import.meta.url).pathname;

/** Runs the built command against the lab; `maxMb` is the peak of the process's resident memory. */
export async function runMigrate(lab: Lab, argv: readonly string[]): Promise<{ result: NodeResult; maxMb: number }> {
  const { stdout, stderr, exitCode } = await execa(
    '/usr/bin/time',
    [
      '-f',
      'peak %M',
      process.execPath,
      MIGRATE,
      ...argv,
      '--kubeconfig',
      lab.kubeconfig,
      '--ssh-config',
      lab.sshConfig,
    ],
    { timeout: 600_000, reject: false },
  );
  const peakKb = Number(/peak (\d+)\s*$/.exec(stderr)?.[1]);
  if (exitCode !== 0) throw new Error(`migrate ${argv.join(' ')} ended with ${exitCode}: ${stderr.slice(-2000)}`);
  return { result: JSON.parse(stdout) as NodeResult, maxMb: (peakKb * 1024) / 1e6 };
}
