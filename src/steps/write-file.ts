import { dirname } from 'node:path/posix';
import { z } from 'zod';
import { sha256 } from '../core/digest.js';
import { MigrateError } from '../core/errors.js';
import type { FileFacts } from '../core/inventory.js';
import { valueOf } from '../core/fact.js';
import type { ReadHost } from '../core/ports.js';
import type { ReadContext, StepKind } from '../core/step.js';
import type { UndoAction } from '../core/undo.js';
import { mustRun } from './must-run.js';
import { secretsFrom, secretsFromSchema, secretSource, withSecrets } from './secrets-from.js';

const params = z.object({
  path: z.string(),
  sha256: z.string(),
  mode: z.number(),
  /** Where the secrets come from whose markers the content has; none where it has none. */
  secretsFrom: secretsFromSchema.optional(),
  /** A unit that reads the file when it starts: giving the file back includes making a running one read it again. */
  reader: z.string().nullable(),
});

const captured = z.object({
  before: z.object({ sha256: z.string(), mode: z.number(), uid: z.number(), gid: z.number() }).nullable(),
  /** Directories that the write will make, outermost first. */
  newDirectories: z.array(z.string()),
  readerActive: z.boolean(),
});

type Params = z.infer<typeof params>;
type Captured = z.infer<typeof captured>;

const isUnitFile = (path: string): boolean => path.startsWith('/etc/systemd/system/');

const READ_AT_EVERY_PULL = /^\/etc\/(?:containerd|containers|docker)\/certs\.d\//;

/** Absent where there are none, so that most plans say nothing of them. */
function secretsIn(content: string, files: Readonly<Record<string, FileFacts>>): Pick<Params, 'secretsFrom'> {
  const from = secretsFrom(content, files);
  return from.length === 0 ? {} : { secretsFrom: from };
}

/** Only in memory, and on the node's disk in the file itself. */
const contentWanted = async (
  read: ReadContext,
  { path, sha256: planned, secretsFrom: from = [] }: Params,
): Promise<string> => withSecrets(read, read.content(planned), path, from);

const digestWanted = async (read: ReadContext, parameters: Params): Promise<string> =>
  parameters.secretsFrom === undefined ? parameters.sha256 : sha256(await contentWanted(read, parameters));

/** A file that is a symlink is written, and given back, where it points: the link itself stays. */
export const writeFile: StepKind<Params, Captured> = {
  kind: 'write-file',
  title: 'Write a configuration file',
  why: 'The new runtime and the kubelet read their settings from files; each is written whole, atomically, after its predecessor was kept.',
  params,
  captured,

  instances: ({ conversion, inventory }, group) => {
    const present = valueOf(inventory.files) ?? {};
    return conversion.files
      .filter((file) => file.group === group)
      .map((file) => ({
        id: file.path,
        title: `write ${file.path}`,
        params: {
          path: file.path,
          sha256: sha256(file.content),
          mode: file.mode,
          ...secretsIn(file.content, present),
          reader: file.group === 'runtime' && !READ_AT_EVERY_PULL.test(file.path) ? conversion.runtimeUnit : null,
        },
      }));
  },

  async check(read, parameters) {
    const { host } = read;
    const { path, mode } = parameters;
    const content = await host.readFile(path);
    if (content === undefined) return { state: 'pending', because: `${path} does not exist` };
    if (sha256(content) !== (await digestWanted(read, parameters)))
      return { state: 'pending', because: `${path} has other content` };
    const stat = await statThroughLink(host, path);
    if (stat.mode !== mode) return { state: 'pending', because: `${path} has mode ${stat.mode.toString(8)}` };
    return { state: 'done' };
  },

  async capture({ host, keep, kept }, { path, reader, secretsFrom: from = [] }) {
    // From here on the secret is at hand whatever becomes of the file it comes from.
    for (const source of from) await keep(await secretSource({ host, kept }, source, path));
    const content = await host.readFile(path);
    const readerActive = reader !== null && (await host.query(['systemctl', 'is-active', reader])).code === 0;
    if (content === undefined) return { before: null, newDirectories: await missingParents(host, path), readerActive };
    const { mode, uid, gid } = await statThroughLink(host, path);
    return { before: { sha256: await keep(content), mode, uid, gid }, newDirectories: [], readerActive };
  },

  async apply(act, parameters, { before }) {
    const { host } = act;
    const { path, mode } = parameters;
    await host.writeFile(path, await contentWanted(act, parameters), {
      mode,
      ...(before === null ? {} : { uid: before.uid, gid: before.gid }),
    });
    if (isUnitFile(path)) await mustRun(host, ['systemctl', 'daemon-reload']);
  },

  async verify(read, parameters) {
    const now = await this.check(read, parameters);
    if (now.state === 'pending') throw new MigrateError('failed', `after it was written, ${now.because}`);
  },

  undo({ path, reader }, { before, newDirectories, readerActive }) {
    const actions: UndoAction[] = [
      before === null ? { do: 'remove-file', path } : { do: 'restore-file', path, ...before },
      ...newDirectories.toReversed().map((directory) => ({ do: 'remove-directory' as const, path: directory })),
    ];
    if (isUnitFile(path)) actions.push({ do: 'systemctl', verb: 'daemon-reload', units: [] });
    if (reader !== null && readerActive) {
      // Each of several files given back restarts it, more often than systemd lets a unit start.
      actions.push({ do: 'systemctl', verb: 'reset-failed', units: [reader] });
      actions.push({ do: 'systemctl', verb: 'restart', units: [reader] });
    }
    return actions;
  },
};

async function statThroughLink(host: ReadHost, path: string): Promise<{ mode: number; uid: number; gid: number }> {
  const direct = await host.stat(path);
  if (direct !== undefined && direct.type !== 'symlink') return direct;
  const { stdout } = await host.query(['readlink', '-f', '--', path]);
  const target = await host.stat(stdout.trimEnd());
  if (target === undefined) throw new MigrateError('failed', `${path} is a link that leads nowhere`);
  return target;
}

async function missingParents(host: ReadHost, path: string): Promise<string[]> {
  const missing: string[] = [];
  for (
    let parent = dirname(path);
    parent !== '/' && (await host.stat(parent)) === undefined;
    parent = dirname(parent)
  ) {
    missing.unshift(parent);
  }
  return missing;
}
