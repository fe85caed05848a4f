import { createRequire } from 'node:module';
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
    // Incremental: a second build of the same sources takes a second.
    const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
    const config = path.join(PROJECT, 'tsconfig.build.json');
    await mustRun([process.execPath, compiler, '-p', config], {
      timeoutMs: BUILD_MS,
      what: 'the build of the command',
    });
  } finally {
    await lock.release();
  }
  return path.join(PROJECT, 'bin/migrate.js');
}
