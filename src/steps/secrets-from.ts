import { z } from 'zod';
import { decodedText } from '../core/decoded-text.js';
import { sha256 } from '../core/digest.js';
import { MigrateError } from '../core/errors.js';
import type { FileFacts } from '../core/inventory.js';
import { restoreSecrets, secretSources } from '../core/secret-markers.js';
import type { ReadContext } from '../core/step.js';

/** Files from which a content takes its secrets, with the SHA-256 that they had when the plan was made. */
export const secretsFromSchema = z.array(z.object({ path: z.string(), sha256: z.string() }));

type SecretsFrom = z.infer<typeof secretsFromSchema>;

export const secretsFrom = (content: string, files: Readonly<Record<string, FileFacts>>): SecretsFrom =>
  secretSources(content, Object.keys(files)).map((path) => ({ path, sha256: files[path]?.sha256 ?? '' }));

type Reading = Pick<ReadContext, 'host' | 'kept'>;

/** A content as it is to be on the node's disk, its secrets included: it must go nowhere else. */
export async function withSecrets(read: Reading, content: string, path: string, from: SecretsFrom): Promise<string> {
  const texts = await Promise.all(
    from.map(async (source) => [source.path, decodedText(await secretSource(read, source, path))] as const),
  );
  return restoreSecrets(content, path, Object.fromEntries(texts));
}

/**
 * A source as it was when the plan was made: kept since, where a step of this plan has written over it, else the file
 * itself. Errors: `failed` when it has changed, since the secret's place in it is known only for what it was.
 */
export async function secretSource(
  { host, kept }: Reading,
  { path, sha256: wanted }: SecretsFrom[number],
  target: string,
): Promise<Uint8Array> {
  const own = await kept(wanted);
  if (own !== undefined && sha256(own) === wanted) return own;
  const bytes = await host.readFile(path);
  if (bytes !== undefined && sha256(bytes) === wanted) return bytes;
  const now = bytes === undefined ? 'is gone' : 'has changed';
  throw new MigrateError('failed', `${path}, from which ${target} takes a secret, ${now} since the plan was made`, {
    hint: 'Make the plan again.',
  });
}
