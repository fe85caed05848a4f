import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface KubeconfigParts {
  readonly cluster?: Record<string, unknown>;
  readonly user?: Record<string, unknown>;
}

/** A directory that goes away with the test. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
  onTestFinished(async () => await rm(directory, { recursive: true, force: true }));
  return directory;
}

export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A kubeconfig with one context, `lab`, for a server; returns its path. JSON is YAML. */
export async function writeKubeconfig(
  server: string,
  { cluster = {}, user = {} }: KubeconfigParts = {},
): Promise<string> {
  const path = join(await temporaryDirectory(), 'config');
  const config = {
    'current-context': 'lab',
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: 'admin' } }],
    clusters: [{ name: 'lab', cluster: { server, ...cluster } }],
    users: [{ name: 'admin', user }],
  };
  await writeFile(path, JSON.stringify(config));
  return path;
}
