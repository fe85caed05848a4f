import { z } from 'zod';
import type { FileFacts } from '../../core/inventory.js';
import type { ConfigPart } from '../../core/conversion.js';
import { stringAt, tableAt } from '../text/toml-document.js';
import { crioNotice } from './crio-notice.js';
import type { CrioSources } from './crio-sources.js';

const POLICY = '/etc/containers/policy.json';

const policySchema = z.object({ default: z.array(z.object({ type: z.string() })) });

const ACCEPT = [{ type: 'insecureAcceptAnything' }];

/** Docker checks no signatures; CRI-O pulls nothing without a policy that says so. */
const LIKE_DOCKER = `${JSON.stringify({ default: ACCEPT, transports: { 'docker-daemon': { '': ACCEPT } } }, null, 2)}\n`;

/** The policy of image signatures, where there is none yet. */
export function imagePolicy(sources: CrioSources, files: Readonly<Record<string, FileFacts>>): ConfigPart {
  const named = stringAt(tableAt(sources.merged, 'crio', 'image'), 'signature_policy') ?? '';
  const path = named === '' ? POLICY : named;
  const file = files[path];
  if (file?.exists === true) return { files: [], notices: rejecting(path, file), settings: [] };
  // A file that was not looked at is another one than the one that is always looked at.
  if (file === undefined && named !== '' && named !== POLICY) return { files: [], notices: [], settings: [] };
  const why = 'CRI-O pulls no image without a policy of signatures; as Docker does, it accepts all of them';
  return { files: [{ group: 'runtime', path, mode: 0o644, content: LIKE_DOCKER, why }], notices: [], settings: [] };
}

function rejecting(path: string, { content }: FileFacts): ConfigPart['notices'] {
  const refused = defaultOf(content);
  if (refused === undefined) return [];
  const message = `${path} ${refused}, and Docker has pulled images without a look at it`;
  return [crioNotice('warning', message, `see that the images of the node's pods pass ${path}`)];
}

function defaultOf(content: string): string | undefined {
  try {
    const policy: unknown = JSON.parse(content);
    const types = policySchema.safeParse(policy).data?.default.map(({ type }) => type) ?? [];
    if (types.includes('insecureAcceptAnything')) return undefined;
    return types.includes('reject') ? 'rejects images by default' : 'asks for signatures by default';
  } catch {
    return 'is no JSON, so that CRI-O pulls no image';
  }
}
