import { z } from 'zod';
import { valueOf } from '../core/fact.js';
import type { DockerImage } from '../core/inventory.js';
import type { ReadContext, StepInput, StepKind } from '../core/step.js';
import type { UndoAction } from '../core/undo.js';
import { normaliseReference, parseReference } from '../config/image-reference.js';
import { imagesInUse } from '../config/node/images-in-use.js';
import { carryToContainerd, temporaryTags } from './carry-to-containerd.js';
import { archivePaths, carryToCrio } from './carry-to-crio.js';
import { crioStore } from './crio-store.js';
import { runtimeConfig, runtimeConfigSchema } from './runtime-config.js';
import { until } from './until.js';
import { withCri } from './with-cri.js';

const image = z.object({
  id: z.string(),
  tags: z.array(z.string()).readonly(),
  digests: z.array(z.string()).readonly(),
  sizeBytes: z.number(),
});
const params = z.object({
  ...runtimeConfigSchema.partial({ configPath: true }).shape,
  endpoint: z.string(),
  sandboxImage: z.string().default(''),
  images: z.array(image),
  /** Names by digest that pods ask for, and of images that have no other: CRI-O is to have them, where it can. */
  pinned: z.array(z.string()).default([]),
});
const captured = z.object({
  /** References the runtime did not have: what undoing takes away again. */
  missing: z.array(z.string()),
  /** CRI-O's store, for skopeo; null where there is no skopeo, or another runtime. */
  store: z.string().nullable().default(null),
});

type Params = z.infer<typeof params>;

export const carryImages: StepKind<Params, z.infer<typeof captured>> = {
  kind: 'carry-images',
  title: 'Carry images over from Docker',
  why: 'A new runtime starts with an empty store. Images in use, the sandbox image, and images that no registry has come over from Docker, so that the switch pulls nothing: no rate limit, no registry that is away, no image lost that was built on the node. CRI-O gets them by skopeo; without it, and where a pod pins a digest, CRI-O pulls.',
  params,
  captured,

  instances: (input) => {
    const images = [...imagesInUse(input.inventory, input.conversion.sandboxImage)];
    if (images.length === 0) return [];
    const size = images.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const { endpoint, sandboxImage } = input.conversion;
    return [
      {
        id: 'images',
        title: `carry over ${images.length} image${images.length === 1 ? '' : 's'} from Docker, up to ${Math.ceil(size / 1e6)} MB`,
        params: { ...runtimeConfig(input), endpoint, sandboxImage, images, pinned: pinnedNames(input, images) },
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
    return { missing: [...missing, ...newIds], store: await storeFor(read, parameters) };
  },

  async apply(act, parameters, { store }) {
    const { images, runtime } = parameters;
    const { missing } = await lookFor(act, parameters);
    if (runtime === 'crio') return carryToCrio(act, { ...parameters, missing, store: store ?? undefined });
    const wanted = images.filter((one) => allNames(one).some((name) => missing.includes(name)));
    return carryToContainerd(act, wanted, images);
  },

  // The CRI hears of an import by an event, a moment later.
  verify: (read, parameters, { store }) =>
    until(read, {
      what: 'the runtime to list the images that were carried over',
      deadlineMs: 30_000,
      everyMs: 200,
      look: async () => {
        const { missing } = await lookFor(read, parameters);
        const due = missing.filter((name) => isDue(name, parameters, store !== null));
        return due.length === 0 ? undefined : `it does not have ${due.join(', ')}`;
      },
    }),

  undo({ runtime, endpoint, images }, { missing, store }) {
    if (missing.length === 0) return [];
    if (runtime === 'crio') {
      const archives = store === null ? [] : archivePaths;
      return [
        { do: 'remove-images', runtime, endpoint, refs: missing },
        ...archives.map((path): UndoAction => ({ do: 'remove-file', path })),
      ];
    }
    const temporary = temporaryTags(images);
    return [
      { do: 'remove-images', runtime, endpoint, refs: [...missing, ...temporary] },
      ...(temporary.length > 0 ? [{ do: 'drop-docker-tags' as const, refs: temporary }] : []),
    ];
  },
};

const allNames = ({ tags, digests }: DockerImage): string[] => [...tags, ...digests].map(normaliseReference);

/** Docker's archives have other digests than a registry, and CRI-O knows no name that an image's own digest is not. */
const namesFor = ({ runtime, images, pinned }: Params): string[] =>
  runtime === 'crio'
    ? [...images.flatMap(({ tags }) => tags), ...pinned].map(normaliseReference)
    : images.flatMap(allNames);

/** What has to be there in the end. The rest is left to the kubelet where it could not be pulled. */
function isDue(name: string, { runtime, sandboxImage, pinned }: Params, bySkopeo: boolean): boolean {
  if (runtime !== 'crio' || name === normaliseReference(sandboxImage)) return true;
  return bySkopeo && !pinned.map(normaliseReference).includes(name);
}

function pinnedNames({ inventory }: StepInput, images: readonly DockerImage[]): string[] {
  const asked = new Set((valueOf(inventory.pods) ?? []).flatMap((pod) => pod.images.map(byDigest)));
  const names = images.flatMap(({ tags, digests }) =>
    digests.filter((digest) => tags.length === 0 || asked.has(byDigest(digest))),
  );
  return [...new Set(names)];
}

/** `repo:tag@digest` and `repo@digest` are the same image; of no use for a name without a digest. */
const byDigest = (name: string): string =>
  parseReference(name)?.digest === undefined ? '' : normaliseReference(name).replace(/:[\w.-]+@/, '@');

async function storeFor(read: ReadContext, parameters: Params): Promise<string | null> {
  const { runtime, endpoint, configPath = '' } = parameters;
  if (runtime !== 'crio' || (await read.host.query(['skopeo', '--version'])).code !== 0) return null;
  return crioStore(read, endpoint, { ...parameters, configPath });
}

/** What the runtime is to have and has not, and what it has of names that were only for the way. */
async function lookFor(
  read: ReadContext,
  parameters: Params,
): Promise<{ readonly missing: string[]; readonly newIds: string[]; readonly temporary: string[] }> {
  const { endpoint, runtime, images } = parameters;
  const present = await withCri(read, endpoint, async (cri) => (await cri.facts()).images);
  const there = new Set(present.flatMap(({ tags, digests }) => [...tags, ...digests]).map(normaliseReference));
  const missing = [...new Set(namesFor(parameters))].filter((name) => !there.has(name));
  if (runtime === 'crio') return { missing, newIds: [], temporary: [] };
  const ids = new Set(present.map(({ id }) => id));
  return {
    missing,
    // containerd's CRI adds a name to each image, its id, which holds the image when all others are gone.
    newIds: images.map(({ id }) => id).filter((id) => !ids.has(id)),
    temporary: temporaryTags(images).filter((tag) => there.has(tag)),
  };
}
