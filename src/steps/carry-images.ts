import { z } from 'zod';
import type { DockerImage } from '../core/inventory.js';
import type { Host } from '../core/ports.js';
import type { ActContext, ReadContext, StepKind } from '../core/step.js';
import { normaliseReference } from '../config/image-reference.js';
import { imagesInUse } from '../config/node/images-in-use.js';
import { eachAtOnce } from './each-at-once.js';
import { mustRun } from './must-run.js';
import { until } from './until.js';
import { withCri } from './with-cri.js';

const image = z.object({
  id: z.string(),
  tags: z.array(z.string()).readonly(),
  digests: z.array(z.string()).readonly(),
  sizeBytes: z.number(),
});
const params = z.object({ endpoint: z.string(), images: z.array(image) });
/** References the runtime did not have: what undoing takes away again. */
const captured = z.object({ missing: z.array(z.string()) });

type Params = z.infer<typeof params>;

const IMPORT_TIMEOUT_MS = 3_600_000;

/** A name for an image that has only digests, for as long as it is carried: a Docker archive knows names alone. */
const temporaryTag = (id: string): string => `dockershim-migrate.io/carried:${id.replace('sha256:', '').slice(0, 24)}`;

const temporaryTags = (images: readonly DockerImage[]): string[] =>
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

export const carryImages: StepKind<Params, z.infer<typeof captured>> = {
  kind: 'carry-images',
  title: 'Carry images over from Docker',
  why: 'A new runtime starts with an empty store. Images in use, the sandbox image, and images that no registry has come over from Docker, so that the switch pulls nothing: no rate limit, no registry that is away, no image lost that was built on the node.',
  params,
  captured,

  instances: (input) => {
    const images = [...imagesInUse(input.inventory, input.conversion.sandboxImage)];
    if (images.length === 0) return [];
    const size = images.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    return [
      {
        id: 'images',
        title: `carry over ${images.length} image${images.length === 1 ? '' : 's'} from Docker, up to ${Math.ceil(size / 1e6)} MB`,
        params: { endpoint: input.conversion.endpoint, images },
      },
    ];
  },

  async check(read, parameters) {
    const { missing, temporary } = await lookFor(read, parameters);
    if (missing.length > 0) {
      const others = missing.length > 3 ? ' and others' : '';
      return { state: 'pending', because: `the runtime does not have ${missing.slice(0, 3).join(', ')}${others}` };
    }
    if (temporary.length > 0) return { state: 'pending', because: `the runtime still has ${temporary.join(', ')}` };
    return { state: 'done' };
  },

  async capture(read, parameters) {
    const { missing, newIds } = await lookFor(read, parameters);
    return { missing: [...missing, ...newIds] };
  },

  async apply(act, { images, endpoint }) {
    const { host, report } = act;
    const missing = new Set((await lookFor(act, { images, endpoint })).missing);
    const wanted = images.filter((one) => references(one).some((reference) => missing.has(reference)));
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
  },

  // The CRI hears of an import by an event, a moment later.
  verify: (read, parameters) =>
    until(read, {
      what: 'the runtime to list the images that were carried over',
      deadlineMs: 30_000,
      everyMs: 200,
      look: async () => {
        const { missing } = await lookFor(read, parameters);
        return missing.length === 0 ? undefined : `it does not have ${missing.join(', ')}`;
      },
    }),

  undo({ endpoint, images }, { missing }) {
    if (missing.length === 0) return [];
    const temporary = temporaryTags(images);
    return [
      { do: 'remove-images', endpoint, refs: [...missing, ...temporary] },
      ...(temporary.length > 0 ? [{ do: 'drop-docker-tags' as const, refs: temporary }] : []),
    ];
  },
};

const references = ({ tags, digests }: DockerImage): string[] => [...tags, ...digests].map(normaliseReference);

/** What the runtime is to have and has not, and what it has of names that were only for the way. */
async function lookFor(
  read: ReadContext,
  { endpoint, images }: Params,
): Promise<{ readonly missing: string[]; readonly newIds: string[]; readonly temporary: string[] }> {
  const present = await withCri(read, endpoint, async (cri) => (await cri.facts()).images);
  const there = new Set(present.flatMap(({ tags, digests }) => [...tags, ...digests]).map(normaliseReference));
  const ids = new Set(present.map(({ id }) => id));
  return {
    missing: [...new Set(images.flatMap(references))].filter((reference) => !there.has(reference)),
    // containerd's CRI adds a name to each image, its id, which holds the image when all others are gone.
    newIds: images.map(({ id }) => id).filter((id) => !ids.has(id)),
    temporary: temporaryTags(images).filter((tag) => there.has(tag)),
  };
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
