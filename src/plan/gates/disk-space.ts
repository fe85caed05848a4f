import { dirname } from 'node:path/posix';
import { imagesInUse } from '../../config/node/images-in-use.js';
import { normaliseReference } from '../../config/image-reference.js';
import { parseToml, stringAt, tableAt } from '../../config/text/toml-document.js';
import { valueOf } from '../../core/fact.js';
import type { DiskFacts } from '../../core/inventory.js';
import type { Gate, GateInput } from '../gate.js';
import { notKnown } from './not-known.js';

/** containerd keeps the compressed or packed layers beside the unpacked ones for a while. */
const MARGIN = 1.1;
/** How many images are on the way at the same time; skopeo writes each down whole before it copies it. */
const ON_THE_WAY = 2;
const TEMPORARY = '/var/tmp';

export const diskSpace: Gate = {
  id: 'disk-space',
  title: 'There is room for the images',
  why: "The images in use are carried over while Docker keeps its own, for the way back. A full disk makes the kubelet evict pods and delete images, and takes Docker's containers down with it. On the way to CRI-O images lie in /var/tmp for a moment.",
  links: ['https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/'],
  leavingDocker: true,
  check: (input) => {
    const { inventory, conversion, options } = input;
    const { docker, disks } = inventory;
    if (!docker.known) return [notKnown('how much room the images need', docker.why)];
    if (!disks.known) return [notKnown('how much room there is for images', disks.why)];
    const root = rootOf(input);
    const disk = diskOf(disks.value, root);
    if (disk === undefined) return [notKnown(`how much room there is in ${root}`, 'its file system was not looked at')];
    const sizes = imagesInUse(inventory, conversion.sandboxImage)
      .filter(({ tags, digests }) => !isThere(input, [...tags, ...digests]))
      .map(({ sizeBytes }) => sizeBytes);
    const largest = sizes.toSorted((a, b) => b - a).slice(0, ON_THE_WAY);
    const passing = options.target === 'crio' && isOn(disk, TEMPORARY) ? sum(largest) : 0;
    const needed = sum(sizes) * MARGIN + passing;
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

/** Where the configuration to be written has the runtime keep its images, else the one that is there. */
function rootOf({ inventory, conversion, options }: GateInput): string {
  const texts = conversion.files.filter(({ group }) => group === 'runtime').map(({ content }) => content);
  if (options.target === 'crio') {
    const all = [valueOf(inventory.crio)?.effectiveConfig ?? '', ...texts];
    return all.map((text) => stringAt(crioTable(text), 'root')).findLast(Boolean) ?? '/var/lib/containers';
  }
  const written = conversion.files.find(({ path }) => path === conversion.runtimeConfigPath)?.content ?? '';
  const config = parseToml(written);
  return (config.ok ? stringAt(config.value, 'root') : undefined) || '/var/lib/containerd';
}

function crioTable(text: string) {
  const parsed = parseToml(text);
  return parsed.ok ? tableAt(parsed.value, 'crio') : undefined;
}

/** The one that was asked about; a directory beside one is on the same file system unless that is one of its own. */
const diskOf = (disks: readonly DiskFacts[], root: string): DiskFacts | undefined =>
  disks.find(({ path }) => path === root || root.startsWith(`${path}/`)) ??
  disks.find((disk) => root.startsWith(`${dirname(disk.path)}/`) && isOn(disk, dirname(disk.path)));

const isOn = ({ mountPoint }: DiskFacts, path: string): boolean =>
  mountPoint === '/' || path === mountPoint || path.startsWith(`${mountPoint}/`);

/** An earlier attempt, or whoever prepared the node, may have brought an image already. */
function isThere({ inventory, conversion }: GateInput, names: readonly string[]): boolean {
  const status = inventory.criEndpoints.find((one) => one.endpoint === conversion.endpoint)?.status;
  const images = status === undefined ? [] : (valueOf(status)?.images ?? []);
  const there = new Set(images.flatMap(({ tags, digests }) => [...tags, ...digests]).map(normaliseReference));
  return names.every((name) => there.has(normaliseReference(name)));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
