import type { DockerImage } from '../core/inventory.js';
import type { Host } from '../core/ports.js';
import type { ActContext } from '../core/step.js';
import { normaliseReference } from '../config/image-reference.js';
import { eachAtOnce } from './each-at-once.js';
import { mustRun } from './must-run.js';

const IMPORT_TIMEOUT_MS = 3_600_000;

/** A name for an image that has only digests, for as long as it is carried: a Docker archive knows names alone. */
const temporaryTag = (id: string): string => `dockershim-migrate.io/carried:${id.replace('sha256:', '').slice(0, 24)}`;

export const temporaryTags = (images: readonly DockerImage[]): string[] =>
  images.filter(({ tags }) => tags.length === 0).map(({ id }) => temporaryTag(id));

/**
 * Images that share a layer travel in one archive, where the layer stands once; the archive goes through a pipe on the
 * node and touches neither its disk nor the network. `sh` has no pipefail everywhere, hence the file.
 */
const CARRY = `
status=$(mktemp) || exit 1
trap 'rm -f "$status"' EXIT
{ docker save "$@" || echo "docker save ended with $?" >"$status"; } | ctr --namespace k8s.io images import - || exit 1
[ ! -s "$status" ] || { cat "$status" >&2; exit 1; }
`;

/** One stream leaves a core idle while Docker makes up the archive; a third gains nothing (measured on two cores). */
const STREAMS = 2;

/** Brings images with all their names into containerd's store. `images` are all that the step is about. */
export async function carryToContainerd(
  act: ActContext,
  wanted: readonly DockerImage[],
  images: readonly DockerImage[],
): Promise<void> {
  const { host, report } = act;
  const untagged = wanted.filter(({ tags }) => tags.length === 0);
  try {
    for (const { id } of untagged) await mustRun(host, ['docker', 'tag', id, temporaryTag(id)]);
    let carried = 0;
    await eachAtOnce(await familiesByLayer(act, wanted), STREAMS, async (family) => {
      const names = family.flatMap(({ id, tags }) => (tags.length === 0 ? [temporaryTag(id)] : tags));
      await mustRun(host, ['sh', '-c', CARRY, 'carry', ...names], {
        timeoutMs: IMPORT_TIMEOUT_MS,
        signal: act.signal,
      });
      carried += family.length;
      report(`${carried} of ${wanted.length} images`);
    });
    for (const one of wanted) await nameByDigest(host, one);
  } finally {
    await dropTemporaryTags(act, images);
  }
}

/** Docker's first: as long as the runtime has such a name, a resume sees that this was not finished. */
async function dropTemporaryTags({ host, warn }: ActContext, images: readonly DockerImage[]): Promise<void> {
  for (const tag of temporaryTags(images)) {
    // Gone already is well, and not worth a word.
    const dropped = await host.run(['docker', 'rmi', '--no-prune', '--force', tag]);
    if (dropped.code !== 0) warn(`Docker keeps the name ${tag}: ${dropped.stderr.trim()}`);
    const removed = await host.run(['ctr', '--namespace', 'k8s.io', 'images', 'rm', tag]);
    if (removed.code !== 0) warn(`containerd keeps the name ${tag}: ${removed.stderr.trim()}`);
  }
}

/**
 * A Docker archive knows no digests. The runtime finds an image by any name in its store, so that a pod that pins
 * `repo@sha256:…` starts from what was carried over instead of asking the registry.
 */
async function nameByDigest(host: Host, { id, tags, digests }: DockerImage): Promise<void> {
  const source = normaliseReference(tags[0] ?? temporaryTag(id));
  for (const digest of digests) {
    await mustRun(host, [
      'ctr',
      '--namespace',
      'k8s.io',
      'images',
      'tag',
      '--force',
      source,
      normaliseReference(digest),
    ]);
  }
}

/** Groups of images of which no two share a layer across groups. */
async function familiesByLayer({ docker }: ActContext, images: readonly DockerImage[]): Promise<DockerImage[][]> {
  const client = await docker();
  try {
    let families: { images: DockerImage[]; layers: Set<string> }[] = [];
    const layersOf = await Promise.all(images.map(({ id }) => client.layers(id)));
    for (const [index, one] of images.entries()) {
      const layers = new Set(layersOf[index]);
      const related = families.filter((family) => [...layers].some((layer) => family.layers.has(layer)));
      families = families.filter((family) => !related.includes(family));
      families.push({
        images: [...related.flatMap((family) => family.images), one],
        layers: new Set([...related.flatMap((family) => [...family.layers]), ...layers]),
      });
    }
    return families.map((family) => family.images);
  } finally {
    await client.close();
  }
}
