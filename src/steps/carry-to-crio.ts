import { normaliseReference } from '../config/image-reference.js';
import { MigrateError, messageOf } from '../core/errors.js';
import type { DockerImage } from '../core/inventory.js';
import type { ActContext } from '../core/step.js';
import { eachAtOnce } from './each-at-once.js';
import { mustRun } from './must-run.js';
import { withCri } from './with-cri.js';

const COPY_TIMEOUT_MS = 3_600_000;
const AT_ONCE = 2;

export interface CrioCarriage {
  readonly endpoint: string;
  /** Where skopeo puts images, see `crioStore`; undefined where there is no skopeo. */
  readonly store: string | undefined;
  readonly images: readonly DockerImage[];
  /** Names that CRI-O lacks. */
  readonly missing: readonly string[];
  /** Names by digest that pods ask for. */
  readonly pinned: readonly string[];
  readonly sandboxImage: string;
}

/** Where Docker's archive of a stream lies when skopeo cannot read from Docker itself; named, so that an undo finds it. */
export const archivePaths: readonly string[] = Array.from(
  { length: AT_ONCE },
  (_none, index) => `/var/tmp/dockershim-migrate-carried-${index}.tar`,
);

/**
 * Brings images into CRI-O's store: by skopeo from Docker where it is there, else CRI-O pulls them. A name by digest only a
 * registry can give, since what Docker saves has another digest; one that cannot be pulled now is pulled by the kubelet, with
 * the pod's own credentials.
 */
export async function carryToCrio(act: ActContext, carriage: CrioCarriage): Promise<void> {
  const { images, missing, pinned, store } = carriage;
  const lacks = (name: string): boolean => missing.includes(normaliseReference(name));
  const wanted = images.filter(({ tags }) => tags.some(lacks));
  if (store === undefined) {
    refuseLocalOnly(act, wanted);
    await pullAll(act, carriage, [...wanted.flatMap(({ tags }) => tags.filter(lacks)), ...pinned.filter(lacks)]);
    return;
  }
  const free = [...archivePaths];
  let carried = 0;
  await eachAtOnce(wanted, AT_ONCE, async ({ tags }) => {
    const archive = free.shift() ?? '';
    await carry(act, store, tags.filter(lacks), archive);
    free.push(archive);
    carried += 1;
    act.report(`${carried} of ${wanted.length} images`);
  });
  await pullAll(act, carriage, pinned.filter(lacks));
}

/** Layers come from Docker once; every other name of the image is a copy within the store. */
async function carry(act: ActContext, store: string, names: readonly string[], archive: string): Promise<void> {
  const target = (name: string): string => `containers-storage:${store}${normaliseReference(name)}`;
  const [first = '', ...others] = names;
  await fromDocker(act, first, target(first), archive);
  for (const other of others) await mustRun(act.host, copyCommand(target(first), target(other)), optionsOf(act));
}

/** A policy says which registries to trust; what Docker runs here is here already. */
const copyCommand = (source: string, target: string): string[] => [
  'skopeo',
  '--insecure-policy',
  'copy',
  source,
  target,
];

const optionsOf = ({ signal }: ActContext) => ({ timeoutMs: COPY_TIMEOUT_MS, signal });

/** skopeo before 1.15 speaks an API of 2015, which Docker 25 and later refuse; an archive of Docker's is read by all. */
async function fromDocker(act: ActContext, name: string, target: string, archive: string): Promise<void> {
  const { host } = act;
  const options = optionsOf(act);
  const direct = await host.run(copyCommand(`docker-daemon:${withTag(name)}`, target), options);
  if (direct.code === 0) return;
  try {
    await mustRun(host, ['docker', 'save', '--output', archive, name], options);
    await mustRun(host, copyCommand(`docker-archive:${archive}:${withTag(name)}`, target), options);
  } catch (error) {
    const first = direct.stderr.trim().split('\n').at(-1) ?? '';
    throw new MigrateError('failed', `${messageOf(error)}; and before that, from Docker itself: ${first}`, {
      cause: error,
    });
  } finally {
    await host.remove(archive);
  }
}

/** Docker's tags always have one; skopeo asks for it. */
const withTag = (name: string): string => (/:[^/]+$/.test(name) ? name : `${name}:latest`);

function refuseLocalOnly({ host }: ActContext, images: readonly DockerImage[]): void {
  const local = images.filter(({ digests }) => digests.length === 0).flatMap(({ tags }) => tags);
  if (local.length === 0) return;
  throw new MigrateError(
    'failed',
    `no registry is known to have ${local.join(', ')}, and ${host.name} has no skopeo to carry images over with`,
    { hint: `Install skopeo on ${host.name}, or push the images to a registry, and plan again.` },
  );
}

async function pullAll(
  act: ActContext,
  { endpoint, sandboxImage }: CrioCarriage,
  names: readonly string[],
): Promise<void> {
  let pulled = 0;
  await eachAtOnce(names, AT_ONCE, async (name) => {
    const reference = normaliseReference(name);
    act.report(`CRI-O pulls ${reference}, ${pulled} of ${names.length} done`);
    try {
      await withCri(act, endpoint, (cri) => cri.pullImage(reference));
    } catch (error) {
      if (reference === normaliseReference(sandboxImage)) throw error;
      act.warn(`${reference} is left to the kubelet to pull, with the credentials of its pod: ${messageOf(error)}`);
    }
    pulled += 1;
  });
}
