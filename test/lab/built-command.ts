import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { LAB_HOME } from './lab-layout.js';
import { mustRun } from './must-run.js';
import { takeLock } from './take-lock.js';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const BUILD_MS = 300_000;

let built: Promise<string> | undefined;

/** The command as users have it, `bin/migrate.js` over a build of the sources as they are now. */
export function builtCommand(): Promise<string> {
  return (built ??= build());
}

async function build(): Promise<string> {
  const lock = await takeLock(path.join(LAB_HOME, 'build.lock'), BUILD_MS);
  try {
    const what = 'the build of the command';
    await mustRun([process.execPath, path.join(PROJECT, 'build.js')], { timeoutMs: BUILD_MS, what });
  } finally {
    await lock.release();
  }
  return path.join(PROJECT, 'bin/migrate.js');
}
