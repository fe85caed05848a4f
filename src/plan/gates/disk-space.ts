import { imagesInUse } from '../../config/node/images-in-use.js';
import { normaliseReference } from '../../config/image-reference.js';
import { parseToml, stringAt } from '../../config/text/toml-document.js';
import type { Conversion } from '../../core/conversion.js';
import { valueOf } from '../../core/fact.js';
import type { NodeInventory } from '../../core/inventory.js';
import type { Gate } from '../gate.js';
import { notKnown } from './not-known.js';

/** containerd keeps the compressed or packed layers beside the unpacked ones for a while. */
const MARGIN = 1.1;

export const diskSpace: Gate = {
  id: 'disk-space',
  title: 'There is room for the images',
  why: "The images in use are carried over while Docker keeps its own, for the way back. A full disk makes the kubelet evict pods and delete images, and takes Docker's containers down with it.",
  links: ['https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/'],
  leavingDocker: true,
  check: ({ inventory, conversion, options }) => {
    if (options.target !== 'containerd') return [];
    const { docker, disks } = inventory;
    if (!docker.known) return [notKnown('how much room the images need', docker.why)];
    if (!disks.known) return [notKnown('how much room there is for images', disks.why)];
    const root = rootOf(conversion);
    const disk = disks.value.find(({ path }) => path === root);
    if (disk === undefined) return [notKnown(`how much room there is in ${root}`, 'its file system was not looked at')];
    const bytes = imagesInUse(inventory, conversion.sandboxImage)
      .filter(({ tags, digests }) => !isThere(inventory, conversion, [...tags, ...digests]))
      .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const needed = bytes * MARGIN;
    if (needed <= disk.freeBytes) return [];
    return [
      {
        level: 'blocker',
        message: `the images in use need ${gigabytes(needed)} in ${root}, and the file system at ${disk.mountPoint} has ${gigabytes(disk.freeBytes)} free`,
        fix: 'make room (`docker image prune -a` removes images that nothing uses), or mount a larger disk there',
      },
    ];
  },
};

/** Where the configuration to be written has containerd keep its images. */
function rootOf({ files, runtimeConfigPath }: Conversion): string {
  const config = parseToml(files.find(({ path }) => path === runtimeConfigPath)?.content ?? '');
  return (config.ok ? stringAt(config.value, 'root') : undefined) || '/var/lib/containerd';
}

/** An earlier attempt, or whoever prepared the node, may have brought an image already. */
function isThere({ criEndpoints }: NodeInventory, { endpoint }: Conversion, names: readonly string[]): boolean {
  const status = criEndpoints.find((one) => one.endpoint === endpoint)?.status;
  const images = status === undefined ? [] : (valueOf(status)?.images ?? []);
  const there = new Set(images.flatMap(({ tags, digests }) => [...tags, ...digests]).map(normaliseReference));
  return names.every((name) => there.has(normaliseReference(name)));
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
